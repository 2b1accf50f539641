// The words of the page. What is said of reports comes from the module; `{name}` is filled in.

export const WORDS = {
  zh: {
    title: "报告核对",
    promise: "文件不离开本机",
    "promise-why": "本页不联网：浏览器按页面自带的安全策略，不让它发出任何请求。核对全在本机完成，也不保存报告。",
    skip: "跳到报告",
    language: "语言",
    drop: "把报告拖到这里",
    "drop-hint": "文件、文件夹或 zip 压缩包；Word、Excel、WPS、PDF、网页、文本均可",
    "drop-here": "松开鼠标，开始核对",
    "choose-files": "选择文件",
    "choose-folder": "选择文件夹",
    blank: "生成空白表",
    "blank-title": "生成空白表",
    "blank-hint": "带合计公式和填数限制，填好就能通过核对。",
    "blank-form": "表式",
    "blank-organization": "机关名称",
    "blank-year": "年度",
    "blank-previous": "上年度报告（可选，用来填结转数）",
    "blank-previous-none": "未选",
    "blank-format": "文件格式",
    "blank-xlsx": "Excel 或 WPS 表格（.xlsx）",
    "blank-docx": "Word 或 WPS 文字（.docx）",
    "blank-md": "Markdown（.md）",
    "blank-make": "生成并保存",
    "blank-close": "关闭",
    progress: "进度",
    "looking": "正在查看文件……",
    checking: "正在核对第 {done} 份，共 {total} 份",
    comparing: "正在比对各份报告",
    stopped: "已停止。核对了 {done} 个文件，共 {total} 个；未做各份之间的比对。",
    cancel: "停止",
    reports: "报告列表",
    report: "报告",
    filter: "筛选",
    "filter-all": "全部",
    "filter-findings": "有问题",
    "filter-unverifiable": "无法核验",
    "filter-pass": "通过",
    search: "查找单位、年份或文件",
    sort: "排序",
    "sort-files": "按文件顺序",
    "sort-worst": "问题多的在前",
    "none-shown": "没有符合条件的报告。",
    nothing: "没有找到报告。请选择 Word、Excel、WPS、PDF、网页或文本格式的文件。",
    pass: "通过",
    findings: "有问题",
    unverifiable: "无法核验",
    error: "错误",
    warning: "警告",
    advice: "提示",
        year: "{year}年",
    starting: "正在启动，稍候即核对",
    "save-marked": "保存批注副本",
    "save-marked-hint": "在原文件上批注，另存一份",
    "save-page": "保存核对报告",
    "save-figures": "导出数据（.xlsx）",
    print: "打印",
    clear: "清空",
    back: "返回列表",
    copy: "复制",
    copied: "已复制",
    "copy-failed": "浏览器不允许复制，请手工选取。",
    expected: "应为",
    help: "处理建议：",
    across: "跨报告",
    "across-title": "与其他报告比对发现的问题",
    "other-file": "对照",
    "as-printed": "报告原样",
    rules: "规则 {held} 条成立，{broken} 条不成立，{unput} 条未核",
    "left-out": "另有 {count} 个文件不是报告，未核对：{first}",
    "left-out-more": "另有 {count} 个文件不是报告，未核对：{first} 等",
    "not-compared": "未能比对 {count} 处，例如：{first}",
    "pick": "从左边选一份报告。",
    saving: "正在生成……",
    failed: "未能完成：{why}",
    saved: "已保存：{name}",
    broken: "核对程序未能启动：{why}。请用较新的浏览器（Chromium 90、Firefox 90 以上）打开。",
    about: "勾稽 {version} · {forms}",
    "suffix-marked": "批注",
    "suffix-page": "核对",
    "suffix-figures": "数据",
    comma: "，",
  },
  en: {
    title: "Report check",
    promise: "Files stay on this computer",
    "promise-why": "This page has no network: by its own policy the browser lets it send nothing. All is checked on this computer, and no report is kept.",
    skip: "Skip to the report",
    language: "Language",
    drop: "Drop reports here",
    "drop-hint": "Files, a folder or a zip archive; Word, Excel, WPS, PDF, web pages and text",
    "drop-here": "Let go to check",
    "choose-files": "Choose files",
    "choose-folder": "Choose a folder",
    blank: "Make a blank form",
    "blank-title": "Make a blank form",
    "blank-hint": "With sums as formulas and limits on what can be typed: filled in rightly, it passes.",
    "blank-form": "Form",
    "blank-organization": "Agency",
    "blank-year": "Year",
    "blank-previous": "Last year's report (optional, for figures carried over)",
    "blank-previous-none": "none",
    "blank-format": "File",
    "blank-xlsx": "Excel or WPS workbook (.xlsx)",
    "blank-docx": "Word or WPS document (.docx)",
    "blank-md": "Markdown (.md)",
    "blank-make": "Make and save",
    "blank-close": "Close",
    progress: "Progress",
    "looking": "Looking through the files …",
    checking: "Checking report {done} of {total}",
    comparing: "Comparing the reports",
    stopped: "Stopped after {done} of {total} files. The reports were not compared with each other.",
    cancel: "Stop",
    reports: "Reports",
    report: "Report",
    filter: "Filter",
    "filter-all": "All",
    "filter-findings": "Findings",
    "filter-unverifiable": "Unverifiable",
    "filter-pass": "Passed",
    search: "Find an agency, a year or a file",
    sort: "Order",
    "sort-files": "As in the folder",
    "sort-worst": "Most findings first",
    "none-shown": "No report fits.",
    nothing: "No reports were found. Choose files of Word, Excel, WPS, PDF, web pages or text.",
    pass: "Passed",
    findings: "Findings",
    unverifiable: "Unverifiable",
    error: "Error",
    warning: "Warning",
    advice: "Advice",
        year: "{year}",
    starting: "Starting; your files are checked in a moment",
    "save-marked": "Save a marked copy",
    "save-marked-hint": "A copy of the file with comments",
    "save-page": "Save the result",
    "save-figures": "Figures as .xlsx",
    print: "Print",
    clear: "Clear",
    back: "Back to the list",
    copy: "Copy",
    copied: "Copied",
    "copy-failed": "The browser does not allow copying. Please select the text.",
    expected: "expected",
    help: "What to do:",
    across: "across reports",
    "across-title": "Found by comparison with other reports",
    "other-file": "Compare",
    "as-printed": "As printed",
    rules: "Rules: {held} hold, {broken} do not, {unput} were not evaluated",
    "left-out": "Files that are no reports, not checked: {count}: {first}",
    "left-out-more": "Files that are no reports, not checked: {count}: {first} …",
    "not-compared": "Not compared: {count}, such as: {first}",
    "pick": "Choose a report from the list.",
    saving: "In the making …",
    failed: "This failed: {why}",
    saved: "Saved: {name}",
    broken: "The checker did not start: {why}. Please use a newer browser (Chromium 90, Firefox 90 or later).",
    about: "gouji {version} · {forms}",
    "suffix-marked": "marked",
    "suffix-page": "checked",
    "suffix-figures": "figures",
    comma: ", ",
  },
};

const listeners = [];
let language = "zh";

// As the command has it: Chinese unless the locale is English.
export function preferred() {
  const asked = location.hash.slice(1);
  if (asked in WORDS) return asked;
  return (navigator.language || "").toLowerCase().startsWith("en") ? "en" : "zh";
}

export function current() {
  return language;
}

export function say(key, values = {}) {
  return WORDS[language][key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

export function onLanguage(listener) {
  listeners.push(listener);
}

// Says what stands in the page in a language.
export function speak(chosen) {
  language = chosen;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = language === "zh" ? "勾稽 报告核对" : "gouji report check";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = say(element.dataset.placeholder);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  document.querySelector(".promise").title = say("promise-why");
  for (const listener of listeners) listener();
}
