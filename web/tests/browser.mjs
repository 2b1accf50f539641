// The page as somebody uses it, in Chromium: node browser.mjs PAGE [FOLDER FOR SCREENSHOTS]
// Prints what it saw; ends with an error where something is not as it should be.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import * as made from "./made.mjs";

const page = path.resolve(process.argv[2]);
const shots = process.argv[3];
const executablePath = process.env.CHROMIUM || ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const work = mkdtempSync(path.join(os.tmpdir(), "gouji-page-"));
if (shots) mkdirSync(shots, { recursive: true });

const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath, args });

// A page that was opened from the disk, with what went wrong in it.
async function opened({ locale = "zh-CN", width = 1280, height = 860, waits = true } = {}) {
  const context = await browser.newContext({ locale, viewport: { width, height }, acceptDownloads: true });
  await context.setOffline(true);
  const tab = await context.newPage();
  tab.trouble = [];
  tab.on("console", (message) => { if (message.type() === "error") tab.trouble.push(message.text()); });
  tab.on("pageerror", (error) => tab.trouble.push(String(error)));
  tab.on("request", (request) => { if (/^(https?|ws|ftp):/.test(request.url())) tab.trouble.push(`asked the network for ${request.url()}`); });
  tab.on("dialog", (dialog) => { tab.trouble.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
  await tab.goto(pathToFileURL(page).href);
  if (waits) await tab.waitForSelector("body.is-ready");
  return tab;
}

// Drops files onto the page, as a browser hands them over.
async function drop(tab, files) {
  const transfer = await tab.evaluateHandle((files) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of files) {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    return transfer;
  }, files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString("base64") })));
  for (const type of ["dragenter", "dragover", "drop"]) await tab.dispatchEvent("#drop", type, { dataTransfer: transfer });
}

const finished = (tab) => tab.waitForSelector("#progress", { state: "hidden", timeout: 240000 });
const rows = (tab) => tab.locator("#list li:not([hidden])");
const shot = async (tab, name, options = {}) => { if (shots) await tab.screenshot({ path: path.join(shots, `${name}.png`), ...options }); };

async function saved(tab, click) {
  const [download] = await Promise.all([tab.waitForEvent("download"), click()]);
  const to = path.join(work, download.suggestedFilename().replace(/[^\w.\u4e00-\u9fff-]/g, "_"));
  await download.saveAs(to);
  return { name: download.suggestedFilename(), bytes: readFileSync(to) };
}

// The longest time for which the page did not answer while something is done.
async function longestGap(tab, work) {
  await tab.evaluate(() => {
    window.gap = { longest: 0, last: performance.now(), timer: setInterval(() => {
      const now = performance.now();
      window.gap.longest = Math.max(window.gap.longest, now - window.gap.last);
      window.gap.last = now;
    }, 5) };
  });
  await work();
  return Math.round(await tab.evaluate(() => { clearInterval(window.gap.timer); return window.gap.longest; }));
}

async function step(name, work) {
  const started = performance.now();
  const said = await work();
  console.log(`${name}: ${said || "as it should be"} (${Math.round(performance.now() - started)} ms)`);
}

const chosen = new Set((process.env.ONLY || "").split(",").filter(Boolean));
const steps = [];
const test = (name, work) => { if (!chosen.size || chosen.has(name)) steps.push([name, work]); };

test("read", async () => {
  const tab = await opened();
  await shot(tab, "empty");
  assert.match(await tab.textContent(".promise"), /文件不离开本机/);
  await drop(tab, [{ name: "商务局.md", bytes: made.REPORT }]);
  await finished(tab);
  assert.equal(await rows(tab).count(), 1);
  await tab.waitForSelector(".printed .marked");
  assert.match(await tab.textContent(".card .says"), /应为 21/);
  assert.equal(await tab.textContent(".sheet mark.error"), "12");
  assert.match(await tab.textContent(".sheet td.error ins"), /21/);
  await shot(tab, "report");
  for (const [key, number] of [["n", 1], ["ArrowRight", 1], ["p", 1], ["j", 1]]) {
    await tab.keyboard.press(key);
    assert.equal(await tab.textContent(".steps output b"), String(number));
  }
  assert.equal(await tab.locator(".card.current").count(), 1);
  await shot(tab, "finding");
  await tab.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await tab.locator(".copy").first().click();
  assert.match(await tab.evaluate(() => navigator.clipboard.readText()), /商务局\.md[\s\S]*GJ300[\s\S]*应为 21/);
  await tab.click("[data-language=en]");
  await tab.waitForSelector(".printed .marked >> text=expected 21");
  await finished(tab);
  await tab.waitForSelector(".printed .marked");
  assert.match(await tab.textContent(".card .says"), /expected 21/);
  assert.deepEqual(tab.trouble, []);
  await tab.context().close();
});

// Nobody waits for a page that looks ready.
test("early", async () => {
  const tab = await opened({ waits: false });
  await tab.setInputFiles("#files", [{ name: "商务局.md", mimeType: "text/markdown", buffer: Buffer.from(made.REPORT) }]);
  await drop(tab, [{ name: "教育局.md", bytes: made.REPORT }]);
  await tab.waitForSelector("#list li:nth-child(2)");
  await finished(tab);
  assert.equal(await rows(tab).count(), 2);
  assert.deepEqual(tab.trouble, []);
  await tab.context().close();
});

test("save", async () => {
  const tab = await opened();
  await drop(tab, [{ name: "商务局.md", bytes: made.REPORT }]);
  await finished(tab);
  const html = await saved(tab, () => tab.click("[data-save=page]"));
  assert.equal(html.name, "商务局.核对.html");
  assert.match(html.bytes.toString(), /^<!doctype html>[\s\S]*GJ300/);
  const figures = await saved(tab, () => tab.click("[data-save=figures]"));
  assert.equal(figures.name, "商务局.数据.xlsx");
  assert.equal(figures.bytes.subarray(0, 2).toString(), "PK");
  const page = await saved(tab, () => tab.click("[data-save=marked]"));
  assert.equal(page.name, "商务局.批注.html");
  assert.match(page.bytes.toString(), /<mark[^>]*>12</);
  // A document is marked itself, and what is marked is found again.
  await drop(tab, [{ name: "年报.docx", bytes: made.docx(made.REPORT, 10) }]);
  await finished(tab);
  await tab.locator("#list button", { hasText: "年报.docx" }).click();
  const copy = await saved(tab, () => tab.click("[data-save=marked]"));
  assert.equal(copy.name, "年报.批注.docx");
  const parts = made.unzip(copy.bytes);
  assert.match(parts["word/comments.xml"], /应为 21/);
  await drop(tab, [{ name: copy.name, bytes: copy.bytes }]);
  await finished(tab);
  assert.match(await tab.locator("#list button", { hasText: "年报.批注.docx" }).textContent(), /错误 1/);
  assert.deepEqual(tab.trouble, []);
  await tab.context().close();
  return [html, figures, page, copy].map(({ name, bytes }) => `${name} ${bytes.length}`).join(", ");
});

test("blank", async () => {
  const tab = await opened();
  await tab.click("#to-blank");
  await shot(tab, "blank");
  await tab.fill("[name=organization]", "青岚县商务局");
  await tab.fill("[name=year]", "2024");
  const kinds = [];
  for (const format of ["xlsx", "docx", "md"]) {
    await tab.selectOption("[name=format]", format);
    const form = await saved(tab, () => tab.click("#blank [type=submit]"));
    assert.match(form.name, new RegExp(`青岚县商务局.*\\.${format}$`));
    kinds.push(`${form.name} ${form.bytes.length}`);
    if (format === "xlsx") {
      assert.match(Object.entries(made.unzip(form.bytes)).filter(([name]) => /sheet\d+\.xml$/.test(name)).map(([, text]) => text).join(), /<f>SUM|SUM\(/);
      await drop(tab, [{ name: form.name, bytes: form.bytes }]);
      await finished(tab);
      assert.equal(await rows(tab).count(), 1);
    }
  }
  await tab.setInputFiles("[name=previous]", { name: "2023.md", mimeType: "text/markdown", buffer: Buffer.from(made.REPORT) });
  await saved(tab, () => tab.click("#blank [type=submit]"));
  assert.deepEqual(tab.trouble, []);
  await tab.context().close();
  return kinds.join(", ");
});

test("across", async () => {
  const tab = await opened();
  const files = [2022, 2023].map((year) => ({ name: `${year}.md`, bytes: made.REPORT.replaceAll("2023", String(year)) }));
  await drop(tab, files);
  await finished(tab);
  await rows(tab).nth(1).locator("button").click();
  await tab.waitForSelector(".printed .marked");
  assert.match(await tab.textContent(".across"), /2022/);
  await shot(tab, "across");
  assert.deepEqual(tab.trouble, []);
  await tab.context().close();
});

test("hostile", async () => {
  const tab = await opened();
  const names = ['<img src=x onerror=alert(1)>.md', `"'><svg onload=alert(2)>.md`, "年报\u202egpj.md", "&lt;b&gt;.md"];
  const script = '<script>alert(3)</script><img src=x onerror=alert(4)><a href="javascript:alert(5)">x</a>';
  const text = (name) => made.REPORT.replaceAll(made.AGENCY, `<b onclick=alert(6)>${name.length}局</b>`).replace("自然人", `自然人${script}`) + script;
  await drop(tab, names.map((name) => ({ name, bytes: text(name) })));
  await finished(tab);
  assert.equal(await rows(tab).count(), names.length);
  for (let place = 0; place < names.length; place += 1) {
    await rows(tab).nth(place).locator("button").click();
    await tab.waitForSelector(".printed .marked");
    await tab.keyboard.press("n");
  }
  await drop(tab, [{ name: "page.html", bytes: `<html><body><h1>${made.AGENCY}2023年政府信息公开工作年度报告</h1>${script}<table><tr><td>1</td></tr></table></body></html>` }]);
  await finished(tab);
  const foreign = await tab.evaluate(() => {
    const found = document.querySelectorAll("main img, main script, main svg, main [onerror], main [onload], main [onclick], main a[href]:not([href^='#'])");
    return [...found].map((element) => element.outerHTML);
  });
  assert.deepEqual(foreign, []);
  await shot(tab, "hostile", { fullPage: true });
  assert.deepEqual(tab.trouble, []);
  await tab.context().close();
});

test("archive", async () => {
  const tab = await opened();
  const archive = made.zip({ "2023/甲.md": made.of("甲县商务局", true), "2023/乙.md": made.REPORT, ".hidden/丙.md": made.REPORT, "说明.exe": "x" });
  await drop(tab, [{ name: "归档.zip", bytes: archive }]);
  await finished(tab);
  assert.deepEqual(await rows(tab).locator(".path").allTextContents(), ["归档.zip/2023/乙.md", "归档.zip/2023/甲.md"]);
  await shot(tab, "archive");
  assert.deepEqual(tab.trouble, []);
  await tab.context().close();
});

test("unreadable", async () => {
  const tab = await opened();
  await drop(tab, [{ name: "坏.xlsx", bytes: "PK\u0003\u0004 nothing" }, { name: "空.docx", bytes: "" }, { name: "商务局.md", bytes: made.REPORT }]);
  await finished(tab);
  assert.equal(await rows(tab).count(), 3);
  assert.equal(await tab.locator("#list [aria-label=无法核验]").count(), 2);
  assert.deepEqual(tab.trouble, []);
  await tab.context().close();
});

test("large", async () => {
  const tab = await opened();
  const document = made.docx(made.REPORT, 20 << 20);
  const pages = made.REPORT + `${"全年通过门户网站主动公开信息，畅通受理渠道，规范办理流程。".repeat(20)}\n\n`.repeat(8000);
  writeFileSync(path.join(work, "图片.docx"), document);
  writeFileSync(path.join(work, "长文.md"), pages);
  writeFileSync(path.join(work, "过大.md"), pages + pages);
  const gap = await longestGap(tab, async () => {
    await tab.setInputFiles("#files", ["图片.docx", "长文.md", "过大.md"].map((name) => path.join(work, name)));
    await tab.waitForSelector("#progress:not([hidden])");
    await finished(tab);
  });
  assert.equal(await rows(tab).count(), 3);
  assert.match(await tab.textContent("#list"), /错误 1/);
  assert.deepEqual(tab.trouble, []);
  await tab.context().close();
  return `${document.length} and ${Buffer.byteLength(pages)} bytes, longest gap ${gap} ms`;
});

test("folder", async () => {
  const tab = await opened();
  const at = path.join(work, "年报");
  made.folder(at, Number(process.env.REPORTS || 2000));
  const gap = await longestGap(tab, async () => {
    await tab.setInputFiles("#folder", at);
    await tab.waitForSelector("#list li");
    await shot(tab, "running");
    await tab.click("#list li:first-child button");
    await finished(tab);
  });
  const count = await rows(tab).count();
  assert.equal(count, Number(process.env.REPORTS || 2000));
  await tab.click("#filter button[value=pass]");
  await tab.click("#filter button[value='']");
  await tab.fill("#search", "第123镇");
  assert.equal(await rows(tab).count(), 1);
  await tab.fill("#search", "");
  await tab.selectOption("#sort", "worst");
  await shot(tab, "folder");
  assert.deepEqual(tab.trouble, []);
  await tab.context().close();
  return `${count} reports, longest gap ${gap} ms`;
});

test("cancel", async () => {
  const tab = await opened();
  const at = path.join(work, "停");
  made.folder(at, 600);
  await tab.setInputFiles("#folder", at);
  await tab.waitForSelector("#list li");
  await tab.click("#cancel");
  await tab.waitForFunction(() => /已停止/.test(document.getElementById("status").textContent));
  const stopped = await rows(tab).count();
  assert.ok(stopped > 0 && stopped < 600, `${stopped} reports`);
  await drop(tab, [{ name: "之后.md", bytes: made.REPORT }]);
  await finished(tab);
  assert.match(await tab.textContent("#list"), /之后\.md/);
  assert.deepEqual(tab.trouble, []);
  await tab.context().close();
  return `stopped after ${stopped}`;
});

test("phone", async () => {
  const tab = await opened({ width: 360, height: 740 });
  await shot(tab, "phone-empty");
  await drop(tab, [{ name: "商务局.md", bytes: made.REPORT }, { name: "甲.md", bytes: made.of("甲县商务局", true) }]);
  await finished(tab);
  await shot(tab, "phone-list");
  await rows(tab).first().locator("button").click();
  await tab.waitForSelector(".printed .marked");
  await shot(tab, "phone-report");
  await tab.click("[data-step='1']");
  await shot(tab, "phone-finding");
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 360, `the page is ${wide} wide`);
  await tab.click(".back");
  assert.ok(await tab.locator("#list").isVisible());
  assert.deepEqual(tab.trouble, []);
  await tab.context().close();
});

test("again", async () => {
  const tab = await opened({ locale: "en-GB" });
  await drop(tab, [{ name: "a.md", bytes: made.REPORT }]);
  await finished(tab);
  await tab.waitForSelector(".printed .marked");
  assert.match(await tab.textContent(".card .says"), /expected 21/);
  await tab.reload();
  await tab.waitForSelector("body.is-ready");
  assert.equal(await rows(tab).count(), 0, "nothing is kept");
  await drop(tab, [{ name: "a.md", bytes: made.of("乙县商务局", true) }]);
  await finished(tab);
  assert.equal(await rows(tab).count(), 1);
  await shot(tab, "english");
  assert.deepEqual(tab.trouble, []);
  await tab.context().close();
});

try {
  console.log(`Chromium ${browser.version()}`);
  for (const [name, work] of steps) await step(name, work);
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}
