// An instance of the module: packets in, packets out. The other side is src/door.rs and src/packet.rs.

// So much memory an instance may have when the next request comes; what it has once grown to it never gives back.
const LARGEST = 320 * 1024 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Door {
  constructor(module) {
    this.module = module;
    this.begin();
  }

  begin() {
    this.exports = new WebAssembly.Instance(this.module, imports(this.module)).exports;
    this.exports.begin();
  }

  // Whether the instance is as good as new: one that has grown is replaced.
  refresh() {
    if (this.exports.memory.buffer.byteLength <= LARGEST) return false;
    this.begin();
    return true;
  }

  // Answers a request. Throws what the module says when it ends: the instance is gone then, and another one is there.
  ask(head, files = []) {
    const parts = [encoder.encode(JSON.stringify(head)), ...files];
    const length = parts.reduce((sum, part) => sum + part.length, 4 + 4 * parts.length);
    try {
      return this.answer(parts, length);
    } catch (error) {
      const said = this.panic() || String((error && error.message) || error);
      this.begin();
      throw new Trap(said);
    }
  }

  answer(parts, length) {
    const { memory, room, call, reply } = this.exports;
    const at = room(length) >>> 0;
    const view = new DataView(memory.buffer, at, length);
    view.setUint32(0, parts.length, true);
    let behind = 4 + 4 * parts.length;
    parts.forEach((part, index) => {
      view.setUint32(4 + 4 * index, part.length, true);
      new Uint8Array(memory.buffer, at + behind, part.length).set(part);
      behind += part.length;
    });
    const answered = call(at, length) >>> 0;
    return unpacked(new Uint8Array(memory.buffer, reply() >>> 0, answered));
  }

  panic() {
    try {
      const { memory, panic_length, panic_text } = this.exports;
      const text = new Uint8Array(memory.buffer, panic_text() >>> 0, panic_length() >>> 0);
      return decoder.decode(text.slice());
    } catch (error) {
      return "";
    }
  }
}

// What the module ended with.
export class Trap extends Error {}

function unpacked(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(0, true);
  const parts = [];
  let behind = 4 + 4 * count;
  for (let index = 0; index < count; index += 1) {
    const length = view.getUint32(4 + 4 * index, true);
    // The memory may be another one after the next request.
    parts.push(bytes.slice(behind, behind + length));
    behind += length;
  }
  const head = JSON.parse(decoder.decode(parts[0]));
  return { head, files: parts.slice(1) };
}

// The module asks for one thing: the writer of workbooks wants to know the time, which we replace in what it writes. Its name
// ends in a hash of the version of the bindings. Nothing else that it names is ever called.
function imports(module) {
  const given = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    given[from] = given[from] || {};
    given[from][name] = /^__wbg_now_/.test(name) ? () => 0 : () => { throw new Error(`${name} is not there`); };
  }
  return given;
}
