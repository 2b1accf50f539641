// What leaves the page: files that are saved, text that is copied, words at the edge of the screen.

import { byId, element } from "./dom.js";
import { say } from "./words.js";

let timer;

export function toast(text) {
  const toast = byId("toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { toast.hidden = true; }, 5000);
}

// Hands bytes to the browser, to be saved under a name.
export function save(name, bytes, type = "application/octet-stream") {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = element("a", { href: url, download: name.replace(/[\\/:*?"<>|\u0000-\u001f\u202a-\u202e\u2066-\u2069]/g, "_") });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  toast(say("saved", { name: link.download }));
}

// A button that makes something and saves it.
export function saving(button, work) {
  return async () => {
    button.disabled = true;
    toast(say("saving"));
    try {
      await work();
    } catch (error) {
      toast(say("failed", { why: error.message }));
    } finally {
      button.disabled = false;
    }
  };
}

// The name of what is made of a file: `年报.批注.xlsx`.
export function beside(path, suffix, extension) {
  const name = path.split("/").pop();
  const stem = name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : name;
  return `${stem}.${suffix}.${extension || name.split(".").pop()}`;
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    // A page of an intranet without TLS has no clipboard of that kind.
    const area = element("textarea", { class: "aside", readonly: true });
    area.value = text;
    document.body.append(area);
    area.select();
    const isDone = document.execCommand("copy");
    area.remove();
    if (!isDone) return toast(say("copy-failed"));
  }
  toast(say("copied"));
}
