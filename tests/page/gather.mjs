// Drives the view 采集 in a real browser: papers dropped, their facts gone through, what is kept taken on.
//
//   NODE_PATH=…/node_modules node tests/page/gather.mjs ADDRESS-OR-FILE [zh|en] [WIDTH]
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
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wengao-gather-"));
const { holds, end } = tally();

// What is dropped

const PLAN = [
  "泮山县2026年农村供水提升实施方案", "根据《泮山县供水条例》，制定本方案。", "一、工作目标",
  "到2026年底，自来水普及率达到96%以上。", "二、重点任务",
  "（一）改造管网。更换老旧管网86公里，改造水厂5座。（牵头单位：县水利局；配合单位：县财政局、各乡镇；完成时限：10月底）",
  "（二）计量收费。全部装表。（县供水公司负责）", "三、保障措施", "（一）加强领导。成立专班，每月调度。",
];
const NOTICE = "关于召开全县供水工作推进会的通知\n定于2026年3月18日上午在县会议中心召开推进会。\n";
const SHARES = "| 任务 | 牵头单位 | 完成时限 |\n|---|---|---|\n| 改造管网 | 县水利局 | 9月底 |\n| 检测水质 | 县疾控中心 |\n";

const put = (name, words) => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, words);
  return file;
};
const plan = put("方案.docx", docx(PLAN)), notice = put("通知.txt", NOTICE), shares = put("分工.md", SHARES);
const broken = put("坏的.docx", "no zip"), table = put("台账.xlsx", "no table");

const run = (...args) => execFileSync(wengao, [...args, "--lang", lang], { cwd: folder, stdio: "pipe" }).toString();

// Looking

const { page, browser, account, address, shot: picture } = await open(target, { lang, width: Number(wide) });
const shot = (name) => picture(`gather-${name}`);
const cards = () => page.evaluate(() => [...document.querySelectorAll(".g-card")].map((node) => ({
  n: Number(node.dataset.n), words: node.innerText.replace(/\s+/g, " "), kind: node.querySelector("b").textContent,
  left: node.classList.contains("ignored"), open: node.classList.contains("warning"), shown: !node.hidden, now: node.classList.contains("now") })));
const of = async (words, kind = "") => (await cards()).find((one) => one.words.includes(words) && one.kind.includes(kind));
const inHand = async () => (await cards()).find((one) => one.now);
const count = () => page.locator("#g-count").innerText();
const isInSight = (selector) => page.evaluate((wanted) => {
  const nodes = [...document.querySelectorAll(wanted)].map((node) => node.getBoundingClientRect());
  return nodes.some((box) => box.top >= 0 && box.bottom <= innerHeight);
}, selector);
const settled = () => page.waitForTimeout(500);
async function dropped(...files) {
  await quiet(page); // What is said by the way may lie over the place.
  await page.evaluate(() => scrollTo(0, 0));
  await drop(page, "#gather", files);
  await settled();
}

// The steps

async function dropping() {
  await page.click("#tab-gather");
  await shot("0-empty");
  await dropped(broken, table, plan);
  await page.waitForSelector(".g-card");
  const errors = await page.locator(".toast.error").allInnerTexts();
  holds("what cannot be read, and what is no paper, is told by name", errors.length === 2 && errors.some((e) => e.includes("坏的.docx")) && errors.some((e) => e.includes("台账.xlsx")), errors.join(" | "));
  const all = await cards();
  holds("a .docx is listed fact by fact, in the order in which a clerk goes through them", [...new Set(all.map((one) => one.kind))].join() === "工作,任务,目标,措施,依据", all.map((one) => one.kind).join());
  const task = await of("改造管网", "任务");
  const place = zh ? "方案.docx 第6段" : "方案.docx paragraph 6";
  holds("a task has all that is said of it, and its place", ["县水利局", "县财政局", "各乡镇", "10月底", place].every((words) => task.words.includes(words)), task.words);
  holds("its values are marked in the text", await page.evaluate((n) => [...document.querySelectorAll(`#g-text mark[data-n="${n}"]`)].map((node) => node.textContent), task.n).then((words) => words.includes("县水利局") && words.includes("改造管网")));
  await shot("1-dropped");
}

async function together() {
  await dropped(notice, shares);
  const task = await of("改造管网", "任务");
  holds("where the papers differ both stand, with their places", task.open && task.words.includes("10月底") && task.words.includes("9月底") && task.words.includes("分工.md"), task.words);
  holds("what they agree on is said once", task.words.split("县水利局").length === 2, task.words);
  holds("a row that is shorter than its head is read, and none behind it is lost", Boolean(await of("检测水质", "任务")));
  holds("a notice says its meeting", (await of("县会议中心", "会议")).words.includes("2026年3月18日"));
  holds("how many are open is said", /1/.test(await count()) && (await count()).includes(zh ? "说法不一" : "differ"), await count());
  await shot("2-together");
}

async function byKeyboard() {
  await page.evaluate(() => document.getElementById("g-name").focus());
  await page.keyboard.press("F8");
  const first = await inHand();
  await page.keyboard.press("F8");
  const second = await inHand();
  holds("F8 goes from record to record", first.n === 0 && second.n === 1 && await page.evaluate((n) => document.activeElement.id === `g-card-${n}`, second.n));
  holds("what it says is marked in its paper, and in sight", await isInSight("#g-text mark.now"));
  await page.keyboard.press("Shift+F8");
  holds("Shift+F8 goes back", (await inHand()).n === 0);
  await page.keyboard.press("F8");
  await page.keyboard.press("Delete");
  holds("Delete leaves the record in hand out", (await inHand()).left && (await cards()).filter((one) => one.left).length === 1);
  await page.keyboard.press("Control+z");
  holds("Ctrl+Z takes it back, and shows where", !(await inHand()).left && (await inHand()).n === 1);
  await page.keyboard.press("Control+y");
  holds("Ctrl+Y does it again", (await inHand()).left);
  await page.keyboard.press("Delete");
  holds("a second Delete keeps it", !(await inHand()).left);
}

async function byHand() {
  const task = await of("改造管网", "任务");
  await page.locator(`#g-card-${task.n} .g-choice label`).filter({ hasText: "9月底" }).click();
  holds("one press decides what the papers differ on", !(await of("改造管网", "任务")).open && await page.evaluate(() => document.activeElement.type === "radio"));
  const law = await of("供水条例", "依据");
  await page.locator(`#g-left-${law.n}`).click();
  holds("one press leaves a record out", (await of("供水条例")).left && await page.getAttribute(`#g-left-${law.n}`, "aria-pressed") === "true");
  await page.locator(`#g-card-${(await of("县会议中心")).n} .quiet`).first().click();
  holds("the place of a value shows its paper", await page.inputValue("#g-paper") === "1" && (await page.locator("#g-text").innerText()).includes("定于2026年3月18日") && await isInSight("#g-text mark.now"));
  await page.selectOption("#g-paper", "0");
  const mark = page.locator("#g-text mark").filter({ hasText: "计量收费" });
  await mark.click();
  holds("a click on words in the text goes to their record", (await inHand()).words.includes("计量收费"));
}

async function sifting() {
  await page.selectOption("#g-kind", "任务");
  const shown = (await cards()).filter((one) => one.shown);
  holds("one kind alone", shown.length === 3 && shown.every((one) => one.kind === "任务"), `${shown.length}`);
  await page.keyboard.press("F8");
  holds("F8 stays within it", (await inHand()).kind === "任务");
  await page.check("#g-differs");
  holds("only where the papers differ", (await cards()).filter((one) => one.shown).length === 1);
  await shot("3-sifted");
  await page.uncheck("#g-differs");
  await page.selectOption("#g-kind", "");
}

async function files() {
  const { name, bytes } = await downloaded(page, "[data-do=gather-yaml]");
  const yaml = Buffer.from(bytes).toString();
  holds("the facts file says where each value is from", /县水利局  # 方案\.docx/.test(yaml) && name.endsWith(".yaml"), yaml);
  holds("it holds what was decided and not what was left out", yaml.includes("完成时限: 9月底") && !yaml.includes("供水条例"), yaml);
  put("采集.yaml", bytes);
  holds("the command line finds no fault with it", run("facts", "check", "采集.yaml").length > 0);
  // With nothing decided it is the command line's.
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  const plain = await downloaded(page, "[data-do=gather-yaml]");
  holds("with nothing decided it is the command line's, byte for byte", Buffer.from(plain.bytes).toString() === run("facts", "read", "方案.docx", "通知.txt", "分工.md"));
  await page.keyboard.press("Control+y");
  await page.keyboard.press("Control+y");
}

async function sittings() {
  const before = (await cards()).map((one) => [one.words, one.left, one.open]);
  const saved = await downloaded(page, "#save-sitting");
  const file = put("进度.json", saved.bytes);
  page.once("dialog", (dialog) => dialog.accept());
  await page.reload();
  await page.waitForSelector("body[data-ready]");
  await page.click("#tab-gather");
  await dropped(file);
  await page.waitForSelector(".g-card");
  holds("a saved sitting opens with its papers and what was decided", JSON.stringify((await cards()).map((one) => [one.words, one.left, one.open])) === JSON.stringify(before));
  await quiet(page);
}

async function speaking() {
  const before = (await cards()).map((one) => [one.left, one.open]);
  await page.click("#lang");
  await settled();
  holds("the other language, with everything kept", (zh ? /kept/ : /留下/).test(await count()) && JSON.stringify((await cards()).map((one) => [one.left, one.open])) === JSON.stringify(before), await count());
  await shot("4-other-language");
  const over = await page.evaluate(() => Math.max(document.documentElement.scrollWidth - innerWidth, W.byId("g-list").scrollWidth - W.byId("g-list").clientWidth));
  holds("nothing is wider than the window, or the list", over <= 0, `${over}`);
  await page.click("#lang");
  await settled();
}

async function removing() {
  await page.getByRole("button", { name: zh ? "拿走 通知.txt" : "Remove 通知.txt" }).click();
  await settled();
  holds("a paper is taken away with its facts, and what was decided of the others stays", !(await of("县会议中心")) && (await of("供水条例")).left && !(await of("改造管网", "任务")).open);
  await page.keyboard.press("Control+z");
  await settled();
  holds("and comes back", Boolean(await of("县会议中心")));
}

async function handing() {
  await quiet(page);
  await page.click("[data-do=gather-hand]");
  await page.waitForSelector("dialog");
  await shot("5-handed");
  const told = await page.locator("dialog").innerText();
  holds("what goes into the form is shown before", told.includes("改造管网") && told.includes("县会议中心") && !told.includes("供水条例"), told);
  await page.locator("dialog button.main").click();
  await page.click('[data-template="plan/implementation"]');
  await page.waitForSelector(".d-pages [data-piece]", { state: "attached" });
  await page.waitForFunction(() => !document.querySelector(".d-busy"));
  const values = await page.evaluate(() => [...document.querySelectorAll("#d-form input, #d-form textarea")].map((node) => node.value));
  holds("the form holds it", ["县水利局", "9月底", "自来水普及率"].every((words) => values.includes(words)), values.filter(Boolean).join(" | "));
  const draft = await page.locator("#d-pages").evaluate((node) => node.textContent);
  holds("and the draft says it", draft.includes("县水利局") && draft.includes("96%"));
  await shot("6-draft");
}

try {
  await dropping();
  await together();
  await byKeyboard();
  await byHand();
  await sifting();
  await files();
  await sittings();
  await speaking();
  await removing();
  await handing();
  keptQuiet(holds, { account, address }, "坏的.docx");
} catch (error) {
  await shot("fell");
  holds("the drive came to its end", false, error.stack);
}
await browser.close();
fs.rmSync(folder, { recursive: true });
end();
