// Puts the page together: styles, scripts and the module in one file. node assemble.mjs MODULE.wasm OUT.html

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const [, , moduleFile, outFile] = process.argv;
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), "page");
const shared = path.join(folder, "../../src/render/page");

// The oldest browsers that the page is for.
const options = { bundle: true, write: false, minify: true, format: "iife", charset: "utf8", legalComments: "none", target: ["chrome90", "firefox90"] };

async function bundled(file, more = {}) {
  const built = await build({ ...options, ...more, entryPoints: [path.join(folder, file)] });
  return built.outputFiles[0].text;
}

// `import text from "worker:FILE"`: the script of a worker, as text.
const worker = {
  name: "worker",
  setup(build) {
    build.onResolve({ filter: /^worker:/ }, ({ path: name }) => ({ path: name.slice("worker:".length), namespace: "worker" }));
    build.onLoad({ filter: /.*/, namespace: "worker" }, async ({ path: name }) => ({ contents: await bundled(name), loader: "text" }));
  },
};

// What draws a marked report has its style and its steps, as in the pages that the command writes.
const read = (name) => readFile(path.join(shared, name), "utf8");
const steps = await read("marked.js");
const script = (steps + (await bundled("main.js", { plugins: [worker] }))).replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
const styles = (await read("base.css")) + (await read("marked.css")) + (await readFile(path.join(folder, "style.css"), "utf8"));
const style = (await transform(styles, { loader: "css", minify: true, charset: "utf8", target: options.target })).code;
// The sections that are for tools alone go.
const bare = stripped(await readFile(moduleFile));
const xz = ["--format=lzma", "--lzma1=preset=9e,lc=4,pb=0", "--stdout"];
const module = execFileSync("xz", xz, { input: bare, maxBuffer: 1 << 28 }).toString("base64");

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const policy = [
  "default-src 'none'",
  // The last one is for browsers that do not know the one before: see `tighten` in main.js.
  `script-src ${hash(script)} 'wasm-unsafe-eval' 'unsafe-eval'`,
  `style-src ${hash(style)}`,
  "worker-src blob:",
  "img-src data: blob:",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join("; ");

const template = await readFile(path.join(folder, "index.html"), "utf8");
const parts = { POLICY: policy, STYLE: style, MODULE: module, SCRIPT: script };
const page = template.replace(/__(POLICY|STYLE|MODULE|SCRIPT)__/g, (whole, name) => parts[name]);
await writeFile(outFile, page);

const MB = 1 << 20;
const size = Buffer.byteLength(page);
const compressed = gzipSync(page, { level: 9 }).length;
console.log(`${outFile}: ${size} bytes, ${compressed} compressed`);
if (size > 6 * MB || compressed > 2.5 * MB) {
  console.error("the page is to have at most 6 MB, and 2.5 MB compressed");
  process.exitCode = 1;
}

function stripped(module) {
  const kept = [module.subarray(0, 8)];
  for (let at = 8; at < module.length;) {
    const begin = at;
    const isCustom = module[at] === 0;
    let length = 0;
    let shift = 0;
    do {
      at += 1;
      length += (module[at] & 0x7f) * 2 ** shift;
      shift += 7;
    } while (module[at] & 0x80);
    at += 1 + length;
    if (!isCustom) kept.push(module.subarray(begin, at));
  }
  return Buffer.concat(kept);
}
