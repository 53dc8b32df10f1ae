// Whether the page can be used by whoever sees little, hears it read out, or has a keyboard alone.
//
//   NODE_PATH=…/node_modules node tests/page/access.mjs ADDRESS-OR-FILE [zh|en] [WIDTH]
//
// axe-core is found through NODE_PATH; where it is not, its part is skipped and that is said. Goes through
// the check view with findings, its dialog, the draft view, 沿用 and 采集; light and dark; by Tab; at twice the size.
// Says a line for each thing tried, and ends with 1 if one is not as it must be.

import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { checked, drop, open, quiet, tally } from "./browser.mjs";

const [target, lang = "zh", wide = "1280"] = process.argv.slice(2);
const zh = lang === "zh";
const require = createRequire(import.meta.url);
const axe = (() => { try { return require.resolve("axe-core"); } catch { return null; } })();

const { holds, end } = tally();

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wengao-access-"));
const paper = path.join(folder, "通知.md");
fs.writeFileSync(paper, "# 关于做好全县森林防火工作的通知\n\n各乡镇人民政府:\n\n## 一、任务\n\n20xx年，全县完成投资3亿元,同比增长5%。。请于XX月XX日前报送。\n\n## 三、要求\n\n一律从严问责。\n");

const speech = path.join(folder, "去年讲话.md");
fs.writeFileSync(speech, "# 在全县档案工作会议上的讲话\n\n同志们：\n\n2024年，全县进馆档案2.3万卷，增长6.5%，数字化率达到82.4%。\n");
const facts = path.join(folder, "今年.yaml");
fs.writeFileSync(facts, "指标:\n- {名称: 数字化率, 值: 91%}\n");

const plan = path.join(folder, "方案.txt"), shares = path.join(folder, "分工.md");
fs.writeFileSync(plan, "泮山县农村供水提升实施方案\n一、重点任务\n（一）改造管网。更换86公里。（牵头单位：县水利局；完成时限：10月底）\n（二）计量收费。全部装表。（县供水公司负责）\n");
fs.writeFileSync(shares, "| 任务 | 牵头单位 | 完成时限 |\n|---|---|---|\n| 改造管网 | 县水利局 | 9月底 |\n");

const { page, browser } = await open(target, { lang, width: Number(wide) });

/** What axe finds fault with, of the criteria that a public office goes by (WCAG 2.1 A and AA) and of good custom. */
async function faults(where) {
  if (!axe) return console.log(`     skipped, not installed: axe-core (${where})`);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Its own script would be refused by the page's content policy; the browser's hand is not.
    await page.evaluate(fs.readFileSync(axe, "utf8"));
    const { violations, passes, incomplete } = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
    const told = violations.map((v) => `${v.id} (${v.impact}) ${v.nodes.length}x: ${v.nodes.slice(0, 3).map((n) => `${n.target.join(" ")} — ${n.any.concat(n.all, n.none).map((c) => c.message).join("; ")}`).join(" | ")}`);
    holds(`axe finds nothing by ${passes.length} criteria, ${where}, ${colorScheme}`, violations.length === 0, `\n       ${told.join("\n       ")}`);
    if (process.env.UNSURE) for (const v of incomplete) console.log(`     unsure: ${v.id} ${v.nodes.length}x ${v.nodes.slice(0, 4).map((n) => `${n.target.join(" ")} — ${n.any.concat(n.all, n.none).map((c) => c.message).join("; ")}`).join(" | ")}`);
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

/** Goes through the page by Tab: each stop is seen, shows that it is the one, and says what it is. */
async function byTab(where) {
  await page.evaluate(() => {
    globalThis.visited = new WeakSet();
    scrollTo(0, 0);
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  const wrong = [];
  let stops = 0;
  for (; ; stops += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body || visited.has(e)) return null;
      visited.add(e);
      const box = e.getBoundingClientRect(), style = getComputedStyle(e), own = e.classList.contains("now") && style.boxShadow !== "none";
      const middle = document.elementFromPoint(Math.min(Math.max(box.left + Math.min(box.width, 40) / 2, 1), innerWidth - 1), Math.min(Math.max(box.top + Math.min(box.height, 30) / 2, 1), innerHeight - 1));
      const name = e.getAttribute("aria-label") || (e.labels && e.labels[0] && e.labels[0].textContent) || e.textContent || e.title;
      return { tag: e.outerHTML.slice(0, 90), name: name.trim(), marked: own || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth, covered: !(middle && (e.contains(middle) || middle.contains(e) || (e.labels && [...e.labels].some((l) => l.contains(middle))))) };
    });
    if (!at) break;
    const fault = [!at.marked && "shows no focus", !at.seen && "is out of sight", at.seen && at.covered && "is covered", !at.name && "has no name"].filter(Boolean).join(", ");
    if (fault) wrong.push(`${at.tag} ${fault}`);
  }
  // None twice, and the last one is not where it ends for want of a way on.
  const all = await page.evaluate(() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter((e) =>
    e.tabIndex >= 0 && !e.disabled && e.checkVisibility() && !visited.has(e)).map((e) => e.outerHTML.slice(0, 90)));
  wrong.push(...all.map((tag) => `${tag} is not reached`));
  holds(`each of ${stops} stops of Tab is seen, marked and named, ${where}`, wrong.length === 0 && stops > 3, `\n       ${wrong.slice(0, 12).join("\n       ")}`);
}

/** At twice the size a page has half the room; nothing may be wider than it. */
async function twice(where) {
  const size = page.viewportSize();
  await page.setViewportSize({ width: Math.max(320, Math.round(size.width / 2)), height: Math.round(size.height / 2) });
  await page.waitForTimeout(200);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  holds(`nothing is wider than the window at twice the size, ${where}`, over <= 0, `${over}`);
  await page.setViewportSize(size);
  await page.waitForTimeout(200);
}

/** Where motion is not wanted, nothing moves. */
async function still(where) {
  const moving = await page.evaluate(() => document.getAnimations().filter((a) => a.playState === "running").length);
  holds(`nothing moves where that is not wanted, ${where}`, moving === 0, `${moving}`);
}

async function through(where) {
  await faults(where);
  await byTab(where);
  await twice(where);
  await still(where);
}

try {
  await through("nothing dropped");
  await drop(page, "#drop", [paper]);
  await checked(page);
  await page.check("[name=severity][value=info]");
  await page.keyboard.press("F8");
  await through("findings");
  const live = await page.evaluate(() => [...document.querySelectorAll("[aria-live], [role=status], [role=alert]")].length);
  holds("what goes on and how much there is are said to whoever listens", live >= 2, `${live}`);
  await page.locator(".card.now [data-do=explain]").click();
  await faults("a rule explained");
  await page.keyboard.press("Escape");

  await page.click("#tab-draft");
  await through("genres");
  await page.click('[data-template="plan/implementation"]');
  await page.waitForSelector(".d-pages [data-piece]", { state: "attached" });
  await page.getByRole("button", { name: zh ? "填入示例" : "Fill in the example" }).click();
  await faults("the example offered");
  await page.locator("dialog button.main").click();
  await page.waitForTimeout(800);
  await page.waitForFunction(() => !document.querySelector(".d-busy"));
  await quiet(page);
  await through("form and draft");
  if (await page.isVisible("#d-tab-pages")) {
    await page.click("#d-tab-pages");
    await through("the draft alone");
  }
  await page.locator(".d-tune summary").click();
  await faults("length and sections");
  await page.locator(".d-plan > summary").click();
  await through("the plan open");

  await page.click("#tab-renew");
  await through("no paper to renew");
  await drop(page, "#r-drop", [speech]);
  await page.waitForSelector(".r-row");
  await page.locator(".r-row input").nth(1).fill("2.9万卷");
  await page.keyboard.press("Enter");
  await page.locator(".r-row button").nth(3).click();
  await page.waitForTimeout(500);
  await through("rows to fill in");
  await quiet(page);
  await page.evaluate(() => scrollTo(0, 0));
  await drop(page, "#r-name", [facts]);
  await page.waitForSelector("#r-filled");
  await through("rows filled from facts");
  await quiet(page);

  await page.click("#tab-gather");
  await through("no paper to gather from");
  await drop(page, "#g-drop", [plan, shares]);
  await page.waitForSelector(".g-card");
  await page.locator(".g-card button[aria-pressed]").nth(1).click();
  await page.keyboard.press("F8");
  await page.waitForTimeout(500);
  await through("facts to go through");
  await quiet(page);
  await page.click("[data-do=gather-hand]");
  await page.waitForSelector("dialog");
  await faults("facts about to go into the form");
} catch (error) {
  holds("the walk came to its end", false, error.stack);
}
await browser.close();
fs.rmSync(folder, { recursive: true });
end();
