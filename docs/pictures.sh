#!/usr/bin/env bash
# Makes the pictures of the README anew from the program's own output: docs/*.png.
#
#   FANDOL=FOLDER LIBERATION=FOLDER NODE_PATH=…/node_modules bash docs/pictures.sh
#
# WENGAO     the program (target/release/wengao)
# FANDOL     a folder with FandolFang, -Kai, -Hei and -Song (*.otf), the free faces nearest to those that
#            the .docx names; Debian has them in texlive-lang-chinese, out of which `apt-get download` and
#            `dpkg -x` take them. They stand in for this run alone and are not part of this repository.
# LIBERATION a folder with Liberation Serif (fonts-liberation), for Times New Roman; may be left out.
#
# Wants LibreOffice, poppler (pdftoppm), Chromium, playwright-core, pngquant and Noto's CJK fonts.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
wengao=$(realpath "${WENGAO:-target/release/wengao}")
fandol=$(realpath "${FANDOL:?a folder with the Fandol fonts}")
[ -f "$fandol/FandolFang-Regular.otf" ] || { echo "no FandolFang-Regular.otf in $fandol" >&2; exit 2; }
liberation=$(realpath "${LIBERATION:-/usr/share/fonts}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# The free faces in the place of those that a .docx and the page ask for. 小标宋 is nearly as heavy as the
# bold Song; Fandol's bold one calls itself as regular as the other, so only one of the two may be there.
mkdir faces
cp "$fandol"/Fandol{Fang,Kai,Hei}-Regular.otf "$fandol"/FandolSong-Bold.otf faces
{
  echo '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
  echo '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
  echo "<dir>$work/faces</dir><dir>$liberation</dir><cachedir>$work/cache</cachedir>"
  while IFS='|' read -r free names; do
    IFS=, read -ra each <<<"$names"
    for name in "${each[@]}"; do
      echo "<match><test name=\"family\"><string>$name</string></test>"
      echo "<edit name=\"family\" mode=\"assign\" binding=\"strong\"><string>$free</string></edit></match>"
    done
  done <<'ALIASES'
FandolFang|仿宋_GB2312,FangSong_GB2312,仿宋,FangSong
FandolKai|楷体_GB2312,KaiTi_GB2312,楷体,KaiTi
FandolHei|黑体,SimHei
FandolSong|方正小标宋简体,FZXiaoBiaoSong-B05S
Noto Serif CJK SC|宋体,SimSun
Liberation Serif|Times New Roman
ALIASES
  echo '</fontconfig>'
} >fonts.conf
export FONTCONFIG_FILE=$work/fonts.conf

# The documents, as Word would set them.
"$wengao" --lang zh demo demo >/dev/null
"$wengao" --lang zh facts new plan/implementation --example -o plan.yaml >/dev/null
"$wengao" --lang zh draft plan/implementation -f plan.yaml -o plan.docx >/dev/null
soffice -env:UserInstallation="file://$work/office" --headless --convert-to pdf demo/讲话稿.docx plan.docx >/dev/null 2>&1
pdftoppm -r 100 -f 1 -l 1 -singlefile -png plan.pdf left
pdftoppm -r 100 -f 1 -l 1 -singlefile -png 讲话稿.pdf right

# The terminal.
sed 's/我都同意。/我都同意。。/' demo/旧稿.txt >旧稿.txt
for lang in en zh; do "$wengao" check 旧稿.txt --lang "$lang" --locality 云岭县 --color always >"report.$lang.ansi" || true; done

# Everything that a browser shows.
mkdir shots
WENGAO=$wengao ROOT=$root node --input-type=module - <<'JS'
import { spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
const { chromium } = createRequire(path.resolve("x.js"))("playwright-core");
const { checked, drop, quiet } = await import(pathToFileURL(path.join(process.env.ROOT, "tests/page/browser.mjs")));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const opened = (lang, width, height, deviceScaleFactor = 1.5) => browser.newPage({
  viewport: { width, height }, deviceScaleFactor, locale: lang === "en" ? "en-GB" : "zh-CN", reducedMotion: "reduce", colorScheme: "light" });
const named = (name, lang) => `shots/${name}${lang === "zh" ? ".zh" : ""}.png`;

async function pages() {
  const page = await opened("zh", 1720, 1220, 1);
  const sheet = (file) => `<img src="data:image/png;base64,${fs.readFileSync(file).toString("base64")}">`;
  await page.setContent(`<style>body{margin:0;background:#dcdad5;display:flex;justify-content:space-evenly;align-items:center;height:100vh}img{box-shadow:0 1px 8px #0005}</style>${sheet("left.png")}${sheet("right.png")}`);
  await page.screenshot({ path: "shots/page.png" });
}

const COLOURS = { 31: "#f38ba8", 32: "#a6e3a1", 33: "#f9e2af", 34: "#89b4fa", 36: "#94e2d5", 91: "#f38ba8", 92: "#a6e3a1", 93: "#f9e2af", 94: "#89b4fa", 96: "#94e2d5" };
const escaped = (words) => words.replace(/[&<]/g, (c) => (c === "&" ? "&amp;" : "&lt;"));
/** What a terminal makes of its colours and its bold. */
const coloured = (ansi) => {
  let style = "";
  return ansi.split(/\x1b\[([\d;]*)m/).map((part, i) => {
    if (i % 2 === 0) return style ? `<span style="${style}">${escaped(part)}</span>` : escaped(part);
    for (const code of part.split(";").map(Number)) {
      if (!code) style = "";
      else if (code === 1) style += "font-weight:bold;";
      else if (COLOURS[code]) style += `color:${COLOURS[code]};`;
    }
    return "";
  }).join("");
};

async function report(lang) {
  const page = await opened(lang, 1000, 700);
  const lines = fs.readFileSync(`report.${lang}.ansi`, "utf8").split("\n").slice(0, 23).join("\n");
  await page.setContent(`<html lang="zh-CN"><style>body{margin:0;background:#1e1e2e;color:#cdd6f4}pre{font:17px/1.4 "Noto Sans Mono CJK SC",monospace;padding:22px 28px;margin:0;display:inline-block;min-width:944px}</style><pre>$ wengao check 旧稿.txt\n${coloured(lines)}</pre>`);
  await page.locator("pre").screenshot({ path: named("report", lang) });
}

async function check(lang, address) {
  const page = await opened(lang, 1280, 860);
  await page.goto(address);
  await page.waitForSelector("body[data-ready]");
  await drop(page, "#drop", ["旧稿.txt"]);
  await checked(page);
  await page.click("#beside > summary");
  await page.fill("#locality", "云岭县");
  await page.locator("#locality").blur();
  await checked(page);
  await page.click("#beside > summary");
  for (let n = 0; n < 3; n += 1) await page.keyboard.press("F8");
  await rest(page);
  await page.evaluate(() => {
    const [bar, two] = [".bar", ".two"].map((one) => document.querySelector(one).getBoundingClientRect());
    scrollBy(0, two.top - bar.height - document.querySelector(".top").offsetHeight);
  });
  await page.waitForTimeout(300);
  await page.screenshot({ path: named("browser", lang) });
  await page.close({ runBeforeUnload: false });
}

async function draft(lang, address) {
  const page = await opened(lang, 1280, 860);
  await page.goto(address);
  await page.waitForSelector("body[data-ready]");
  await page.click("#tab-draft");
  await page.click('[data-template="plan/implementation"]');
  await page.waitForSelector(".d-pages [data-piece]");
  await page.getByRole("button", { name: lang === "zh" ? "填入示例" : "Fill in the example" }).click();
  await page.locator("dialog button.main").click();
  await rest(page);
  await page.waitForFunction(() => !document.querySelector(".d-busy, .d-sample"));
  await page.locator(".d-must").evaluate((form) => scrollTo(0, form.getBoundingClientRect().top + scrollY - 190));
  await page.locator(".d-frame").evaluate((frame) => { frame.scrollTop = 210; });
  await page.waitForTimeout(300);
  await page.locator(".d-fact", { hasText: "143" }).first().hover();
  await page.waitForTimeout(300);
  await page.screenshot({ path: named("draft", lang) });
  await page.close({ runBeforeUnload: false });
}

/** Until the page has said what it says by the way. */
async function rest(page) {
  await page.waitForTimeout(800);
  await quiet(page);
}

/** The page, served for one sitting. */
async function served(lang, shoot) {
  const server = spawn(process.env.WENGAO, ["--lang", lang, "page", "--no-open"], { stdio: ["ignore", "pipe", "ignore"] });
  const address = await new Promise((said) => server.stdout.once("data", (words) => said(/http\S+/.exec(String(words))[0])));
  await shoot(lang, address);
  server.kill();
}

await pages();
for (const lang of ["en", "zh"]) {
  await report(lang);
  await served(lang, check);
  await served(lang, draft);
}
await browser.close();
JS

# A palette says the same in a third of the bytes.
for shot in shots/*.png; do
  pngquant --force --strip --speed 1 --quality 70-95 --output "$root/docs/$(basename "$shot")" 96 "$shot"
done
ls -l "$root"/docs/*.png
