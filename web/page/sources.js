// What was dropped or chosen, as files with the paths that the command would show.

// A dropped transfer. The entries are to be taken while the event lasts.
export function dropped(transfer) {
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const entries = items.map((item) => ({ entry: item.webkitGetAsEntry && item.webkitGetAsEntry(), file: item.getAsFile() }));
  return gathered(entries);
}

async function gathered(entries) {
  const groups = [];
  const single = [];
  for (const { entry, file } of entries) {
    if (entry && entry.isDirectory) groups.push(await walked(entry));
    else if (file) single.push({ path: file.name, file });
  }
  return { single, folders: groups };
}

// Chosen files.
export function files(list) {
  return { single: [...list].map((file) => ({ path: file.name, file })), folders: [] };
}

// A chosen folder.
export function folder(list) {
  return { single: [], folders: [[...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }))] };
}

// All files below a folder; what cannot be looked at is passed on with the reason.
async function walked(root) {
  const found = [];
  const open = [{ entry: root, path: root.name }];
  while (open.length) {
    const { entry, path } = open.pop();
    if (entry.isDirectory) {
      const reader = entry.createReader();
      for (;;) {
        // So many at a time; nothing is what comes last.
        const some = await new Promise((resolve) => reader.readEntries(resolve, (error) => {
          found.push({ path, lost: error.message });
          resolve([]);
        }));
        if (!some.length) break;
        for (const child of some) open.push({ entry: child, path: `${path}/${child.name}` });
      }
    } else {
      found.push(await new Promise((resolve) => {
        entry.file((file) => resolve({ path, file }), (error) => resolve({ path, lost: error.message }));
      }));
    }
  }
  return found;
}
