// Elements, made without HTML: whatever a report says is text.

export const byId = (id) => document.getElementById(id);

// An element with its properties (`class`, `text`, `on…`, attributes) and children; nothing is made of what is missing.
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") made.textContent = harmless(value);
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

// What somebody else has written, set apart so that its signs of direction stay within it.
export function apart(text) {
  return element("bdi", { text });
}

// Without control characters and signs that turn the direction of what follows, as the command shows it.
export function harmless(text) {
  return String(text).replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, " ");
}

export function show(element, isShown) {
  element.hidden = !isShown;
}
