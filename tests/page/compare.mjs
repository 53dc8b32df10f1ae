// Drives the view 比对 in a real browser: two versions dropped, what differs read, the marked document downloaded.
//
//   NODE_PATH=…/node_modules node tests/page/compare.mjs ADDRESS-OR-FILE [zh|en] [WIDTH]
//
// WENGAO is the program to compare with (target/release/wengao), SHOTS a folder for pictures.
// Says a line for each thing tried, and ends with 1 if one is not as it must be.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { downloaded, drop, keptQuiet, open, quiet, tally } from "./browser.mjs";
import { docx } from "./paper.mjs";

const [target, lang = "zh", wide = "1280"] = process.argv.slice(2);
const zh = lang === "zh";
const wengao = path.resolve(process.env.WENGAO || "target/release/wengao");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wengao-compare-"));
const { holds, end } = tally();

const OLD = "泮山县2026年农村供水方案\n一、工作目标\n落实资金3.2亿元，10月底前改造水厂5座。\n二、保障措施\n各乡镇要压实责任。\n";
const NEW = ["泮山县2026年农村供水方案", "一、工作目标", "落实资金3.5亿元，9月底前改造水厂5座。", "二、保障措施", "各乡镇要压实责任。", "县水利局每旬通报一次。"];
const put = (name, words) => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, words);
  return file;
};
const old = put("初稿.txt", OLD), fresh = put("修改稿.docx", docx(NEW));

const { page, browser, account, address, shot: picture } = await open(target, { lang, width: Number(wide) });
const shot = (name) => picture(`compare-${name}`);
const values = () => page.evaluate(() => [...document.querySelectorAll("#cmp-values li")].map((node) => node.innerText.replace(/\s+/g, " ")));

await page.click("#tab-compare");
holds("two places for two papers", await page.locator("#cmp-old").isVisible() && await page.locator("#cmp-new").isVisible());
await shot("empty");
await drop(page, "#cmp-old", [old]);
await page.waitForSelector("#cmp-old .badge");
holds("one paper alone is not compared", await page.locator("#cmp-count").count() === 0);
await quiet(page);
await drop(page, "#cmp-new", [fresh]);
await page.waitForSelector("#cmp-count");
const said = await page.locator("#cmp-count").innerText();
holds("paragraphs are counted", said.includes(zh ? "改1段，删0段，增1段" : "1 paragraph changed, 0 gone, 1 new"), said);
const all = await values();
holds("values that differ are listed", all.length === 2 && all[0].includes("3.2亿元 → 3.5亿元") && all[1].includes("10月底 → 9月底"), all.join(" / "));
await shot("outcome");
await quiet(page);
const { name, bytes } = await downloaded(page, "[data-do=compare-docx]");
fs.writeFileSync(path.join(folder, "花脸.docx"), bytes);
execFileSync(wengao, ["compare", "修改稿.docx", "花脸.docx", "--lang", lang], { cwd: folder, stdio: "pipe" });
holds("the marked document reads as the newer version", name.endsWith(".docx"), name);
await quiet(page);
await page.click("#undo");
await page.waitForFunction(() => !document.querySelector("#cmp-count"));
holds("undo takes the newer version away", await page.locator("#cmp-new .badge").count() === 0);
await page.click("#redo");
await page.waitForSelector("#cmp-count");
holds("redo brings it back", (await values()).length === 2);
await page.click("#lang");
await page.waitForTimeout(500);
holds("the list is in the other language", (await values()).length === 2 && (await page.locator("#cmp-count").innerText()).includes(zh ? "changed" : "段"));
keptQuiet(holds, { account, address });
await browser.close();
fs.rmSync(folder, { recursive: true });
end();
