// The page finds what the command finds: the same bytes of JSON, reports against each other included.
// node equal.mjs PAGE GOUJI FOLDER…

import { spawnSync } from "node:child_process";
import path from "node:path";
import { Run } from "../page/run.js";
import { Alone, moduleOf, walked } from "./module.mjs";

const [, , page, gouji, ...folders] = process.argv;
const module = moduleOf(page);
const events = { progress() {}, listed() {}, checked() {}, finished() {}, stopped() {} };
let differing = 0;

for (const folder of folders) {
  const root = path.dirname(path.resolve(folder));
  const name = path.basename(folder);
  for (const language of ["zh", "en"]) {
    const started = performance.now();
    const command = spawnSync(gouji, ["check", "--format", "json", "--lang", language, "--no-progress", name], { cwd: root, maxBuffer: 1 << 30, encoding: "utf8" });
    const between = performance.now();
    const pool = new Alone(module, language);
    const { head: about } = await pool.ask({ ask: "about" });
    const run = new Run(pool, about, events);
    await run.add({ single: [], folders: [walked(name, root)] });
    const json = Buffer.from(await run.rendered("json", run.reports(), language)).toString();
    const ended = performance.now();
    const isSame = json === command.stdout;
    const times = `command ${Math.round(between - started)} ms, page ${Math.round(ended - between)} ms`;
    console.log(`${name} (${language}): ${run.reports().length} reports, ${isSame ? "equal" : "DIFFERENT"}; ${times}`);
    for (const trap of pool.traps) console.log(`  ended by ${trap}`);
    if (!isSame) {
      differing += 1;
      const at = [...json].findIndex((c, place) => c !== command.stdout[place]);
      console.log(`  page    …${json.slice(Math.max(0, at - 200), at + 200)}\n  command …${command.stdout.slice(Math.max(0, at - 200), at + 200)}\n${command.stderr.slice(0, 500)}`);
    }
  }
}
process.exitCode = differing ? 1 : 0;
