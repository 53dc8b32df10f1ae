// Drives the view 沿用 in a real browser: last year's paper dropped, rows answered, this year's taken home.
//
//   NODE_PATH=…/node_modules node tests/page/renew.mjs ADDRESS-OR-FILE [zh|en] [WIDTH]
//
// WENGAO is the program to compare with (target/release/wengao), SHOTS a folder for pictures.
// Says a line for each thing tried, and ends with 1 if one is not as it must be.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { checked, downloaded, drop, keptQuiet, open, quiet, tally } from "./browser.mjs";
import { docx } from "./paper.mjs"; // and with it W, the page's own zip

const [target, lang = "zh", wide = "1280"] = process.argv.slice(2);
const zh = lang === "zh";
const wengao = path.resolve(process.env.WENGAO || "target/release/wengao");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wengao-renew-"));
const { holds, end } = tally();

// What is dropped

const SPEECH = [
  "在全县档案工作会议上的讲话", "（2025年3月5日）", "县委副书记　林知远", "同志们：",
  "2024年，全县进馆档案2.3万卷，比上年增长6.5%，数字化率达到82.4%。接待查档群众1.2万人次，办结率98%。",
  "一、今年的工作", "今年要办三件事：4月底前建成库房2座，9月底前完成民生档案数字化，年底前数字化率达到90%。",
  "二、工作要求", "数字化率达到82.4%，这是底数。县档案馆要会同各乡镇，每季度调度1次，6月15日前把第一批清单报上来。",
];

/** A program that ends with 1 because something is open has done its work. */
function run(...args) {
  try {
    return execFileSync(wengao, [...args, "--lang", lang], { cwd: folder, stdio: "pipe" }).toString();
  } catch (error) {
    if (error.status === 1) return error.stdout.toString();
    throw error;
  }
}

const put = (name, words) => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, words);
  return file;
};
const last = put("去年讲话.docx", docx(SPEECH));
const packed = put("包.zip", W.zip([{ name: "去年讲话.docx", bytes: docx(SPEECH) }]));
const facts = put("今年.yaml", "指标:\n- {名称: 数字化率, 值: 91%}\n");
const wrong = put("别的.yaml", "- 编号: 1\n  去年: 没有这个值\n  今年: 有\n");

// Looking

const { page, browser, account, address, shot: picture } = await open(target, { lang, width: Number(wide) });
const shot = (name) => picture(`renew-${name}`);
const rows = () => page.evaluate(() => [...document.querySelectorAll(".r-row")].map((node) => ({
  row: node.dataset.row, last: node.querySelector(".r-last strong").textContent, value: node.querySelector("input").value,
  open: node.classList.contains("info"), shown: !node.hidden, now: node.classList.contains("now") })));
const of = async (value) => (await rows()).find((one) => one.last === value);
const field = async (value) => page.locator(`#r-new-${(await of(value)).row}`);
const inHand = async () => (await rows()).find((one) => one.now);
const isFocused = (id) => page.evaluate((wanted) => document.activeElement && document.activeElement.id === wanted, id);
const count = () => page.locator("#r-count").innerText();
const marked = (value) => page.evaluate((words) => [...document.querySelectorAll("#r-text mark.done ins")].filter((node) => node.textContent === words).length, value);
const settled = () => page.waitForTimeout(500);
async function dropped(file) {
  await quiet(page); // What is said by the way may lie over the place.
  await page.evaluate(() => scrollTo(0, 0));
  await drop(page, "#renew", [file]);
  await settled();
}

// The steps

async function dropping() {
  await page.click("#tab-renew");
  await shot("0-empty");
  await dropped(facts);
  holds("facts without a paper are told to wait", (await page.locator(".toast.error").count()) === 1);
  await quiet(page);
  await dropped(packed);
  await page.waitForSelector(".r-row");
  holds("a paper in an archive is listed as it is by itself", (await rows()).length >= 12);
  await dropped(last);
  await page.waitForSelector(".r-row");
  const all = await rows();
  holds("a .docx is listed row by row", all.length >= 12 && all.every((one) => one.open && one.shown), `${all.length}`);
  holds("equal values of one thing are one row, marked at each place", all.filter((one) => one.last === "82.4%").length === 1
    && (await page.locator(`#r-text mark[data-row="${(await of("82.4%")).row}"]`).count()) === 2);
  holds("each row's field has a name and the sentence behind it", await page.evaluate(() => [...document.querySelectorAll(".r-row input")].every((node) =>
    node.labels[0].textContent.length > 2 && document.getElementById(node.getAttribute("aria-describedby")).textContent.includes("〖"))));
  await shot("1-dropped");
}

async function byKeyboard() {
  await (await field("2.3万卷")).click();
  const marks = await page.evaluate(() => [...document.querySelectorAll("#r-text mark.now")].map((node) => [node.textContent, node.getBoundingClientRect().top, innerHeight]));
  holds("the row in hand is marked in the text and in sight", marks.length === 1 && marks[0][0] === "2.3万卷" && marks[0][1] > 0 && marks[0][1] < marks[0][2], JSON.stringify(marks));
  await page.keyboard.type("2.9万卷");
  await page.keyboard.press("Enter");
  const growth = await of("6.5%"), between = await of("上年");
  holds("Enter takes the value and goes to the next open row", (await marked("2.9万卷")) === 1 && await isFocused(`r-new-${between.row}`), JSON.stringify(await inHand()));
  await page.waitForSelector(`#r-offers-${growth.row} [data-do=offer]`);
  await shot("2-growth");
  await page.locator(`#r-offers-${growth.row} [data-do=offer]`).click();
  holds("a growth that follows is put in with one press", (await of("6.5%")).value === "26.1%");
  await (await field("82.4%")).click();
  await page.keyboard.type("91%");
  await page.keyboard.press("Control+z");
  holds("Ctrl+Z in a field that is being written in is the field's own", (await of("6.5%")).value === "26.1%");
  await (await field("82.4%")).fill("91%");
  await page.keyboard.press("Enter");
  holds("a value goes to all its places", (await marked("91%")) === 2);
  await page.keyboard.press("Control+z");
  holds("Ctrl+Z behind Enter takes the answer back, and shows where", (await marked("91%")) === 0 && (await of("82.4%")).open && (await inHand()).last === "82.4%");
  await page.keyboard.press("Control+y");
  holds("Ctrl+Y does it again", (await marked("91%")) === 2);
  await (await field("98%")).click();
  await page.keyboard.type("=");
  await page.keyboard.press("Enter");
  const same = await of("98%");
  holds("= confirms a value", !same.open && same.value === "98%" && (await page.getAttribute(`#r-same-${same.row}`, "aria-pressed")) === "true");
  await page.keyboard.press("F8");
  holds("F8 goes to an open row", (await inHand()).open);
}

async function byHand() {
  const before = await count();
  const one = await of("2座");
  await page.locator(`#r-same-${one.row}`).click();
  const next = await inHand();
  holds("不变 is one press, and the next open row is in hand", !(await of("2座")).open && next.open && next.row !== one.row && (await count()) !== before, await count());
  await page.locator(`#r-same-${one.row}`).click();
  holds("a second press opens it again", (await of("2座")).open);
  const mark = page.locator("#r-text mark.warning").nth(3);
  const number = await mark.getAttribute("data-row");
  await mark.click();
  holds("a click on words in the text goes to their row", (await inHand()).row === number && await isFocused(`r-new-${number}`));
  const [year] = (await rows()).filter((row) => row.last === "2024年");
  await page.locator(`#r-offers-${year.row} [data-do=offer]`).click();
  holds("what follows from the years is put in with one press", (await of("2024年")).value === "2025年");
}

async function sifting() {
  await page.check("#r-open");
  const shown = (await rows()).filter((one) => one.shown);
  holds("only what is open is listed where that is wanted", shown.length > 0 && shown.every((one) => one.open), `${shown.length}`);
  await page.selectOption("#r-kind", "日期");
  const dates = (await rows()).filter((one) => one.shown);
  holds("one kind alone", dates.length > 0 && dates.length < shown.length);
  await (await field(dates[0].last)).click();
  await page.keyboard.type("2026年3月6日");
  await page.keyboard.press("Enter");
  holds("what is answered makes room, and Enter stays within the kind", !(await of(dates[0].last)).shown && (await inHand()).last === dates[1].last);
  await shot("3-dates");
  await page.selectOption("#r-kind", "");
  await page.uncheck("#r-open");
}

async function filling() {
  await (await field("82.4%")).fill("");
  await page.keyboard.press("Enter");
  holds("an emptied field is open again", (await of("82.4%")).open);
  await dropped(facts);
  const told = await page.locator("#r-filled").innerText();
  holds("facts fill what they know, and it is said which and from where", (await of("82.4%")).value === "91%" && told.includes("82.4% → 91%") && told.includes("今年.yaml"), told);
  await shot("4-facts");
  await page.keyboard.press("Control+z");
  holds("one undo takes it back", (await of("82.4%")).open && (await page.locator("#r-filled").count()) === 0);
  await page.keyboard.press("Control+y");
  holds("and it is done again", (await of("82.4%")).value === "91%");
  await dropped(wrong);
  holds("a table of another text is told and changes nothing", (await page.locator(".toast.error").innerText()).includes("没有这个值") && (await of("82.4%")).value === "91%");
  await quiet(page);
}

async function files() {
  await page.keyboard.press("Escape");
  const table = await downloaded(page, "[data-do=renew-table]");
  const answers = (await rows()).map((one) => one.value);
  put("表.xlsx", table.bytes);
  const paper = await downloaded(page, "[data-do=renew-docx]");
  holds("this year's paper has a name of its own", paper.name === (zh ? "去年讲话（今年）.docx" : "去年讲话 (this year).docx"), paper.name);
  put("今年讲话.docx", paper.bytes);
  run("renew", "去年讲话.docx", "--values", "表.xlsx", "--output", "命令.docx", "--force");
  // The browser's day may be another than the command line's.
  const undated = (name) => ["word/document.xml", "word/comments.xml"].map((part) => unzipped(name, part).replace(/w:date="[^"]*"/g, "")).join("\n");
  holds("it is the command line's with the same table", undated("今年讲话.docx") === undated("命令.docx"), `${paper.bytes.length} bytes`);
  const text = unzipped("今年讲话.docx", "word/document.xml").replace(/<[^>]+>/g, "");
  holds("it holds the new values and no more the old", text.includes("2.9万卷") && (text.match(/91%/g) || []).length === 2 && text.includes("90%") && !text.includes("82.4%") && text.includes("2026年3月6日"), text);
  await page.check("#r-track");
  put("修订.docx", (await downloaded(page, "[data-do=renew-docx]")).bytes);
  await page.uncheck("#r-track");
  run("renew", "去年讲话.docx", "--values", "表.xlsx", "--output", "命令.docx", "--track", "--force");
  holds("with tracked changes it is the command line's with --track", undated("修订.docx") === undated("命令.docx") && undated("修订.docx").includes("<w:del "));
  const open = (await rows()).filter((one) => one.open);
  const comments = unzipped("今年讲话.docx", "word/comments.xml");
  holds("what is open has comments", open.length > 0 && open.every((one) => comments.includes(one.last)), comments.slice(0, 200));
  await page.getByRole("button", { name: zh ? "拿走 去年讲话.docx" : "Remove 去年讲话.docx" }).click();
  holds("the paper is taken away", await page.isVisible("#r-drop"));
  await dropped(last);
  await page.waitForSelector(".r-row");
  await dropped(path.join(folder, "表.xlsx"));
  holds("a table that is dropped brings the answers back", JSON.stringify((await rows()).map((one) => one.value)) === JSON.stringify(answers), await page.locator("#r-filled").innerText());
  await page.locator("#r-filled button").last().click();
  await quiet(page);
}

/** A part of a packed file, as words. */
function unzipped(name, part) {
  return execFileSync("python3", ["-c", "import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))", name, part], { cwd: folder }).toString();
}

async function sittings() {
  const answers = (await rows()).map((one) => one.value);
  const saved = await downloaded(page, "#save-sitting");
  const file = put("进度.json", saved.bytes);
  page.once("dialog", (dialog) => dialog.accept());
  await page.reload();
  await page.waitForSelector("body[data-ready]");
  await page.click("#tab-renew");
  await dropped(file);
  await page.waitForSelector(".r-row");
  holds("a saved sitting opens with its paper and answers", JSON.stringify((await rows()).map((one) => one.value)) === JSON.stringify(answers));
  await quiet(page);
}

async function checking() {
  await page.click("[data-do=renew-check]");
  await checked(page);
  const found = await page.evaluate(() => [W.view, W.check.papers().length, Boolean(W.check.lastYear()), W.check.papers().flatMap((item) => W.check.findings(item)).filter((f) => f.rule === "last-year").length]);
  holds("this year's paper goes on to the check, held against last year's", found[0] === "check" && found[1] === 1 && found[2] && found[3] > 0, JSON.stringify(found));
  await page.click("#beside > summary");
  await shot("5-check");
  holds("last year's paper is named there", (await page.locator("#last-year").innerText()).includes("去年讲话.docx"));
  await page.locator("#last-year button").last().click();
  await checked(page);
  holds("without it nothing is held against it", await page.evaluate(() => W.check.papers().flatMap((item) => W.check.findings(item)).every((f) => f.rule !== "last-year")));
  await page.click("#tab-renew");
}

async function speaking() {
  await (await field("98%")).focus();
  const answers = (await rows()).map((one) => one.value);
  await page.click("#lang");
  await settled();
  const words = await count();
  holds("the other language, with everything kept", (zh ? /answered/ : /已填/).test(words) && JSON.stringify((await rows()).map((one) => one.value)) === JSON.stringify(answers), words);
  await shot("6-other-language");
  const over = await page.evaluate(() => Math.max(document.documentElement.scrollWidth - innerWidth, W.byId("r-rows").scrollWidth - W.byId("r-rows").clientWidth));
  holds("nothing is wider than the window, or the list", over <= 0, `${over}`);
}

try {
  await dropping();
  await byKeyboard();
  await byHand();
  await sifting();
  await filling();
  await files();
  await sittings();
  await checking();
  await speaking();
  keptQuiet(holds, { account, address }, "没有这个值");
} catch (error) {
  await shot("fell");
  holds("the drive came to its end", false, error.stack);
}
await browser.close();
fs.rmSync(folder, { recursive: true });
end();
