// Drives the view 排版 in a real browser: a paper is dropped, laid out as each form, downloaded, undone, checked.
//
//   NODE_PATH=…/node_modules node tests/page/format.mjs ADDRESS-OR-FILE [zh|en] [WIDTH]
//
// Says a line for each thing tried, and ends with 1 if one is not as it must be.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checked, downloaded, drop, keptQuiet, open, quiet, tally } from "./browser.mjs";

const [target, lang = "zh", wide = "1280"] = process.argv.slice(2);
const { holds, end } = tally();
const scratch = mkdtempSync(join(tmpdir(), "wengao-format-"));
const { browser, page, account, address, shot } = await open(target, { lang, width: Number(wide) });

const put = (name, text) => { writeFileSync(join(scratch, name), text); return join(scratch, name); };
const long = "今年春灌比往年早了十天，各镇要先把干渠清一遍，再按地块排好水的先后，一家一户都说清楚。";
const speech = put("讲话.txt", `在全县春灌工作推进会上的讲话\n县长 林知远\n同志们：\n　　${long}\n一、把水送到田头\n　　${long}\n抓好管护\n　　${long}\n`);
const isZip = (bytes) => bytes[0] === 0x50 && bytes[1] === 0x4b;
const ready = () => page.waitForSelector("[data-do=format-docx]:not(:disabled)");
const kinds = () => page.locator(".f-blocks li").evaluateAll((all) => all.map((one) => one.dataset.kind));

await page.click("#tab-format");
await drop(page, "#f-drop", [speech]);
await ready();
await shot("format");
const found = await kinds();
holds("what each paragraph is stands there", ["title", "speaker-line", "salutation", "heading-1", "body"].every((kind) => found.includes(kind)), found.join(" "));
holds("what was done is told", (await page.locator("#f-told li").count()) >= 4);
holds("what is not sure is told", (await page.locator("#f-told [data-doubt]").count()) === 1);
const first = await downloaded(page, "[data-do=format-docx]");
holds("the .docx goes out under a name of its own", first.name.endsWith(".docx") && !first.name.startsWith("讲话.") && isZip(first.bytes), first.name);
await quiet(page);

await page.selectOption("#f-fonts", "founder");
await ready();
const other = await downloaded(page, "[data-do=format-docx]");
holds("other fonts make another file", !other.bytes.equals(first.bytes));
await quiet(page);
await page.click("#undo");
await ready();
holds("undo brings the fonts back", (await page.inputValue("#f-fonts")) === "standard");
const again = await downloaded(page, "[data-do=format-docx]");
holds("the same wishes give the same file", again.bytes.equals(first.bytes));
await quiet(page);

const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click("[data-do=format-like]")]);
writeFileSync(join(scratch, "样稿.docx"), other.bytes);
await chooser.setFiles(join(scratch, "样稿.docx"));
await page.waitForSelector("[data-do=format-unlike]");
await ready();
const like = await downloaded(page, "[data-do=format-docx]");
holds("a sample makes another file", !like.bytes.equals(first.bytes));
await quiet(page);
await page.click("[data-do=format-unlike]");
await page.waitForSelector("[data-do=format-like]");
await ready();

const laid = join(scratch, "规范.docx");
writeFileSync(laid, first.bytes);
await page.evaluate(() => scrollTo(0, 0));
await drop(page, "#format", [laid]);
await page.waitForFunction(() => document.querySelector("#f-name").textContent.includes("规范"));
await ready();
const twice = await downloaded(page, "[data-do=format-docx]");
holds("what was laid out stays as it is", twice.bytes.equals(first.bytes));
await quiet(page);

const says = (words) => page.waitForFunction((words) => [...document.querySelectorAll("#f-told li")].some((one) => one.textContent.includes(words)), words)
  .then(() => true, () => false);
await page.click("#lang");
holds("the other language says it too", await says(lang === "zh" ? "page numbers" : "页码"));
await page.click("#lang");
holds("and the first one again", await says(lang === "zh" ? "页码" : "page numbers"));
await ready();

await page.click("[data-do=format-check]");
await checked(page);
holds("it goes on to the check", await page.isVisible("#check"));
await page.click("#tab-format");
await page.evaluate(() => scrollTo(0, 0));
await drop(page, "#format", [put("坏.docx", "PK")]);
await page.waitForSelector(".toast.error");
holds("what cannot be read is told", (await page.locator(".toast.error").count()) === 1);
await quiet(page);
keptQuiet(holds, { account, address }, "Failed");
await browser.close();
end();
