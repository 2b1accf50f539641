// What the page asks of a browser: no more than Chromium 90 and Firefox 90 have. node old.mjs PAGE

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { transform } from "esbuild";
import wabt from "wabt";
import { WORDS } from "../page/words.js";
import { moduleOf } from "./module.mjs";

const html = readFileSync(process.argv[2], "utf8");
const module = moduleOf(process.argv[2]);

// Of what came after the first version of WebAssembly, these; not references, which Chromium has since 96.
const allowed = ["mutable_globals", "sat_float_to_int", "sign_extension", "bulk_memory"];
const { readWasm, FEATURES } = await wabt();
const features = Object.fromEntries(Object.keys(FEATURES).map((name) => [name, allowed.includes(name)]));
const read = readWasm(module, features);
read.validate();
read.destroy();

// From outside it has the time, which is replaced; what bindings would bring besides is never called, and throws if it is.
const imports = WebAssembly.Module.imports(new WebAssembly.Module(module)).map(({ name }) => name.replace(/_[0-9a-f]{16}$/, ""));
const known = ["__wbg_now", "__wbg_getRandomValues", "__wbg___wbindgen_throw", "__wbg___wbindgen_jspi_spawn_poll", "__wbindgen_object_drop_ref"];
assert.deepEqual(imports.filter((name) => !known.includes(name)), []);
const exports = WebAssembly.Module.exports(new WebAssembly.Module(module)).map(({ name }) => name);
assert.deepEqual(exports.sort(), ["begin", "call", "memory", "panic_length", "panic_text", "reply", "room"]);

// The scripts are in the language of those browsers: nothing is left to be rewritten for them.
const [script] = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text);
const same = (target) => transform(script, { target, charset: "utf8" }).then(({ code }) => code);
assert.equal(await same(["chrome90", "firefox90"]), await same("esnext"));
for (const newer of [".at(", "structuredClone", "DecompressionStream", "replaceAll(", ".findLast(", "Object.hasOwn", "crypto.randomUUID", "showModal"]) {
  assert.ok(!script.includes(newer), `the script uses ${newer}`);
}

// The policy forbids every request, and names the script and the style that are there.
const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html);
assert.match(policy, /default-src 'none';.*connect-src 'none'; form-action 'none'; base-uri 'none'$/);
const [, style] = /<style>([\s\S]*?)<\/style>/.exec(html);
for (const text of [script, style]) assert.ok(policy.includes(createHash("sha256").update(text).digest("base64")));
assert.doesNotMatch(html.replace(/<script[\s\S]*<\/script>/, ""), /(?:src|href)="(?!#)/);

// Both languages say the same things.
assert.deepEqual(Object.keys(WORDS.zh), Object.keys(WORDS.en));
for (const [key, text] of Object.entries(WORDS.zh)) {
  const places = (text) => (text.match(/\{\w+\}/g) || []).sort();
  assert.deepEqual(places(text), places(WORDS.en[key]), key);
}

const sizes = [html.length, Buffer.byteLength(html), gzipSync(html, { level: 9 }).length];
const MB = 1 << 20;
assert.ok(sizes[1] <= 6 * MB && sizes[2] <= 2.5 * MB, `too large: ${sizes}`);
console.log(`module ${module.length} bytes, page ${sizes[1]}, compressed ${sizes[2]}`);
