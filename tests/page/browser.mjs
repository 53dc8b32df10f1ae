// What every drive of the page needs: a browser, an account of its requests and complaints, and ways to
// drop, to wait, to take a download and to keep count of what held.
//
// CHROMIUM names the browser (/usr/bin/chromium); playwright-core is found through NODE_PATH. WEB=1 shows the
// scripts and styles as they lie in src/page/web, whatever the program that serves them was built with.

import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");

// A browser that asks nothing of the network by itself.
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** The page of an address or a file, opened, with what it asked for and complained of. */
export async function open(target, { lang = "zh", width = 1280, shots = process.env.SHOTS } = {}) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 }, locale: lang === "en" ? "en-GB" : "zh-CN", acceptDownloads: true, reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const account = { requests: [], complaints: [] };
  page.on("request", (request) => account.requests.push(request.url()));
  page.on("console", (message) => { if (message.type() === "error") account.complaints.push(message.text()); });
  page.on("pageerror", (error) => account.complaints.push(error.stack || String(error)));
  if (process.env.WEB) await fromDisk(page);
  const address = /^https?:/.test(target) ? target : String(pathToFileURL(path.resolve(target)));
  const began = Date.now();
  await page.goto(address);
  await page.waitForSelector("body[data-ready]");
  account.started = Date.now() - began;
  const shot = async (name) => {
    if (shots) await page.screenshot({ path: path.join(shots, `${name}-${lang}-${width}.png`) });
  };
  return { browser, context, page, account, address, shot };
}

/** Has the server's answers, and what lies on the disk in them. */
async function fromDisk(page) {
  const web = path.join(import.meta.dirname, "../../src/page/web");
  const read = (name) => fs.readFileSync(path.join(web, name), "utf8");
  await page.route(/^http/, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const isPage = name === "";
    if (!isPage && !/\.(js|css)$/.test(name)) return route.continue();
    const named = read("order.txt").split("\n").filter((line) => line && !line.startsWith("#")).map((line) => (line === "carrier.js" ? "carrier-server.js" : line));
    const tags = (ending, tag) => named.filter((one) => one.endsWith(ending)).map(tag).join("\n");
    const body = isPage ? read("index.html").replace("<!--style-->", tags(".css", (one) => `<link rel="stylesheet" href="${one}">`))
      .replace("<!--scripts-->", tags(".js", (one) => `<script defer src="${one}"></script>`)) : read(name);
    const contentType = isPage ? "text/html; charset=utf-8" : name.endsWith(".js") ? "text/javascript" : "text/css";
    return route.fulfill({ body, contentType, headers: isPage ? (await route.fetch()).headers() : {} });
  });
}

/** Drops files and folders from the disk on an element, as a hand does. */
export async function drop(page, selector, paths) {
  const client = await page.context().newCDPSession(page);
  const box = await page.locator(selector).boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 30)];
  const data = { items: [], files: paths.map((p) => path.resolve(p)), dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) await client.send("Input.dispatchDragEvent", { type, x, y, data });
  await client.detach();
}

/** Until no paper waits for its check. */
export async function checked(page) {
  await page.waitForFunction(() => {
    const rows = [...document.querySelectorAll("tr[data-path]")];
    return rows.length > 0 && rows.every((row) => !/waiting|running/.test(row.dataset.state));
  }, null, { timeout: 300_000 });
  await page.waitForSelector("[data-do=xlsx]:not(:disabled)");
}

/** The bytes and the name of what a click downloads. */
export async function downloaded(page, selector) {
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 120_000 }), page.click(selector)]);
  return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
}

/** Closes what the page says by the way. */
export async function quiet(page) {
  while (await page.locator(".toast button").count()) await page.locator(".toast button").first().click();
}

/** Holds that the page asked nothing of other places and complained of nothing but what is refused on purpose, by its name. */
export function keptQuiet(holds, { account, address }, refused = null) {
  const home = /^http/.test(address) ? new URL(address).origin : null;
  const away = account.requests.filter((url) => !url.startsWith("blob:") && !(home ? url.startsWith(home) : url === address));
  holds("no request leaves", away.length === 0, away.slice(0, 3).join(" ") || `${account.requests.length} in all`);
  // What is refused on purpose is written to the console too.
  const complaints = account.complaints.filter((words) => !refused || !words.includes(refused));
  holds("the browser complains of nothing", complaints.length === 0, complaints.slice(0, 3).join(" | "));
}

/** Says a line for each thing tried, and in the end whether all held; the process ends with that. */
export function tally() {
  let failures = 0;
  const holds = (what, is, more = "") => {
    if (!is) failures += 1;
    console.log(`${is ? "ok  " : "FAIL"} ${what}${is || !more ? "" : `: ${more}`}`);
  };
  const end = () => {
    console.log(failures ? `${failures} did not hold` : "all held");
    process.exit(failures ? 1 : 0);
  };
  return { holds, end };
}
