// The fonts of the draft's pages: which the paper names, which this machine has, what stands in.

"use strict";
(() => {
  const { say } = W;

  /** The names that the .docx asks for (simplified, GB2312 and Windows' own), then what stands in where
   *  none is there, the nearest first, each with its Chinese name: 方正's and CESI's are 麒麟's and 统信's,
   *  华文 and SC macOS's, Fandol TeX's. Each list becomes a variable of the pages, `--d-song` and so on. */
  const FONTS = [
    { mark: "song", real: ["方正小标宋简体", "FZXiaoBiaoSong-B05S"],
      near: [["方正小标宋_GBK"], ["FZXiaoBiaoSong-B05", "方正小标宋_GBK"], ["CESI小标宋-GB2312"], ["CESI小标宋-GB13000"], ["华文中宋"], ["STZhongsong", "华文中宋"],
        ["Songti SC", "宋体"], ["SimSun", "宋体"], ["FandolSong"], ["Noto Serif CJK SC"], ["Source Han Serif SC", "思源宋体"]], last: "serif" },
    { mark: "fang", real: ["仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"],
      near: [["方正仿宋_GBK"], ["FZFangSong-Z02", "方正仿宋_GBK"], ["方正仿宋简体"], ["CESI仿宋-GB2312"], ["CESI仿宋-GB13000"], ["华文仿宋"], ["STFangsong", "华文仿宋"],
        ["FandolFang"], ["Songti SC", "宋体"], ["SimSun", "宋体"], ["Noto Serif CJK SC"], ["Source Han Serif SC", "思源宋体"]], last: "serif" },
    { mark: "hei", real: ["黑体", "SimHei"],
      near: [["方正黑体_GBK"], ["FZHei-B01", "方正黑体_GBK"], ["方正黑体简体"], ["CESI黑体-GB2312"], ["CESI黑体-GB13000"], ["华文黑体"], ["STHeiti", "华文黑体"],
        ["Heiti SC", "黑体-简"], ["PingFang SC", "苹方"], ["Microsoft YaHei", "微软雅黑"], ["FandolHei"], ["Noto Sans CJK SC"], ["Source Han Sans SC", "思源黑体"]], last: "sans-serif" },
    { mark: "kai", real: ["楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"],
      near: [["方正楷体_GBK"], ["FZKai-Z03", "方正楷体_GBK"], ["方正楷体简体"], ["CESI楷体-GB2312"], ["CESI楷体-GB13000"], ["华文楷体"], ["STKaiti", "华文楷体"],
        ["Kaiti SC", "楷体-简"], ["FandolKai"], ["AR PL KaitiM GB", "文鼎简中楷"], ["AR PL UKai CN", "文鼎楷"], ["Songti SC", "宋体"], ["Noto Serif CJK SC"]], last: "serif" },
    { mark: "text", real: ["宋体", "SimSun"],
      near: [["方正书宋_GBK"], ["FZShuSong-Z01", "方正书宋_GBK"], ["CESI宋体-GB2312"], ["CESI宋体-GB13000"], ["华文宋体"], ["STSong", "华文宋体"],
        ["Songti SC", "宋体-简"], ["FandolSong"], ["Noto Serif CJK SC"], ["Source Han Serif SC", "思源宋体"]], last: "serif" },
  ];

  let brush = null;

  /** Whether this machine has a font: its letters are as wide whatever stands behind it, and not always
   *  the fallback's. `document.fonts.check` says yes to fonts of the system that are not there. */
  function hasFont(name) {
    brush = brush || document.createElement("canvas").getContext("2d");
    const wide = (font) => {
      brush.font = `64px ${font}`;
      return brush.measureText("Wil1,Mg0").width;
    };
    const alone = ["serif", "sans-serif", "monospace"].map((f) => [wide(f), wide(`"${name}", ${f}`)]);
    return alone.every(([, w]) => Math.abs(w - alone[0][1]) < 0.01) && alone.some(([f, w]) => Math.abs(f - w) > 0.01);
  }

  let found = null;

  /** Of each of the paper's fonts its name and what the pages show; `lacks` if that is another one. */
  function fonts() {
    return (found = found || FONTS.map(({ mark, real, near, last }) => {
      const mine = real.find(hasFont);
      const other = mine ? null : near.find(([name]) => hasFont(name));
      return { name: /_GB2312$/.test(real[0]) ? real[2] : real[0], lacks: !mine, shown: mine || (other ? other[0] : null),
        told: other ? other[1] || other[0] : "", mark, stack: [...real, ...near.map(([name]) => name)].map((n) => `"${n}"`).join(", ") + ", " + last };
    }));
  }

  /** Gives the pages within an element their fonts. */
  function dress(element) {
    for (const { mark, stack } of fonts()) element.style.setProperty(`--d-${mark}`, stack);
  }

  /** In a line: which of the paper's fonts this machine lacks, what is shown instead, and that the file
   *  names them all the same; empty if none is lacking. */
  function said() {
    const instead = new Map();
    for (const { name, lacks, shown, told } of fonts()) {
      if (!lacks) continue;
      const stand = say(told || "浏览器自己的字体", shown || "the browser's own");
      instead.set(stand, [...(instead.get(stand) || []), name]);
    }
    if (!instead.size) return "";
    const all = [...instead];
    const zh = all.map(([stand, names]) => `${names.join("、")}（这里用${stand}代替）`).join("、");
    const en = all.map(([stand, names]) => `${names.join(", ")} (here in ${stand})`).join("; ");
    return say(`这台电脑没有${zh}。.docx 里写的仍是原来的字体；这里换行、分页可能略有出入。`,
      `Fonts that this machine lacks: ${en}. The .docx names them all the same; here lines and pages may break elsewhere.`);
  }

  W.fonts = { hasFont, fonts, dress, said };
})();
