//! The command line: types for clap and nothing else.

mod blank;
mod door;
mod help;
mod pack;
mod refused;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

pub use clap::Command as Definition;
pub use clap::Error;
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Args, ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
pub use clap_complete::Shell;

pub use blank::Blank;
pub use pack::{Pack, PackFormat};
pub use refused::refused;

use crate::message::Language;
use crate::pack::Severity;
use crate::render::Format;

/// 勾稽：核对政府信息公开工作年度报告，指出错在哪一格 / checks statutory reports and names the wrong cell
#[derive(Debug, Parser)]
#[command(name = "gouji", version, propagate_version = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: Global,
}

/// The command line as clap has it.
pub fn definition() -> Definition {
    Cli::command()
}

/// The same with all its texts in one language.
pub fn definition_in(language: Language) -> Definition {
    help::in_language(definition(), language)
}

impl Cli {
    /// What these arguments say, the first of which is the program; help is in this language.
    ///
    /// # Errors
    /// When that is wrong, or help is asked for; in colours if `--color` says so.
    pub fn of(arguments: &[OsString], language: Language) -> Result<Self, Error> {
        let own = definition();
        let color = color(said(arguments));
        let arguments = door::with_command(arguments.to_vec(), &own);
        match own.try_get_matches_from(arguments.clone()) {
            Ok(matches) => Self::from_arg_matches(&matches),
            Err(version) if version.kind() == ErrorKind::DisplayVersion => Err(version),
            // What help is made of takes longer than the rest of a call, and only what is said here shows it.
            Err(_) => {
                let own = help::in_language(definition().color(color), language);
                Self::from_arg_matches(&own.try_get_matches_from(arguments)?)
            }
        }
    }

    /// The same of files that were handed to the program itself, as by a drag onto its icon: they are checked, and the report
    /// is opened.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn of_files(mut arguments: Vec<OsString>, language: Language) -> Result<Self, Error> {
        arguments.splice(1..1, ["check".into(), "--open".into(), "--".into()]);
        Self::of(&arguments, language)
    }
}

/// The arguments as text: options are looked for among names of files that are none.
pub fn said(arguments: &[OsString]) -> impl Iterator<Item = String> {
    arguments.iter().map(|argument| argument.to_string_lossy().into_owned())
}

/// Whether help is coloured, which is asked before the arguments have been read.
fn color(arguments: impl Iterator<Item = String>) -> ColorChoice {
    given("--color", arguments).and_then(|value| value.parse().ok()).unwrap_or(ColorChoice::Auto)
}

/// The language that a call asks for which cannot be read.
pub fn language(arguments: impl Iterator<Item = String>) -> Option<Language> {
    let word = given("--lang", arguments)?;
    Lang::ALL.into_iter().find(|(known, _)| *known == word).map(|(_, lang)| lang.into())
}

/// What is said behind an option, whatever else is wrong.
fn given(option: &str, arguments: impl Iterator<Item = String>) -> Option<String> {
    let mut arguments = arguments.skip_while(|argument| !argument.starts_with(option));
    let first = arguments.next()?;
    let value = first.strip_prefix(option)?.strip_prefix('=').map(str::to_owned);
    value.or_else(|| arguments.next())
}

/// Options of every subcommand.
#[derive(Debug, Args)]
#[command(next_help_heading = help::COMMON)]
pub struct Global {
    /// 文字语言，默认随系统，不明时用中文 / language of messages; the system language unless given, else Chinese
    #[arg(long, value_enum, global = true)]
    pub lang: Option<Lang>,
    /// 是否着色 / whether to use colours
    #[arg(long, value_enum, default_value = "auto", global = true)]
    pub color: Color,
    /// 另加规则包：文件或目录 / additional rule packs: files or folders
    #[arg(long, value_name = "FILE|DIR", global = true)]
    pub rules: Vec<PathBuf>,
    /// 配置文件，默认为当前目录及上级目录中最近的 gouji.toml / configuration file; default: the nearest gouji.toml in this folder or above
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// 不读取任何配置文件 / ignore all configuration files
    #[arg(long, global = true, conflicts_with = "config")]
    pub isolated: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// 核对报告 / check reports
    Check(Box<Check>),
    /// 提取报告中的全部数字，附编号、数值和位置 / extract every figure with its id, value and place
    Extract(Extract),
    /// 在报告的副本中标出错处：xlsx、docx 为原文件加颜色和批注，其他格式为网页 / mark what is wrong in a copy of a report: colours and comments in .xlsx and .docx, a web page for other formats
    Annotate(Annotate),
    /// 将 check 保存的 json 或 jsonl 转成其他格式 / convert the json or jsonl written by check to another format
    Render(Render),
    /// 解释一条规则 / explain a rule
    Explain {
        /// 规则编号或名称 / code or name of a rule
        #[arg(required_unless_present = "text")]
        rule: Option<String>,
        /// 列出报告正文中各个数字的识别结果 / list how each number in the text of a report is understood
        #[arg(long, value_name = "REPORT", conflicts_with = "rule")]
        text: Option<PathBuf>,
    },
    /// 生成空白表：xlsx 能自动求和并检查勾稽关系 / write an empty form; as xlsx it adds up and checks its sums
    Blank(Blank),
    /// 列出全部规则 / list all rules
    Rules {
        /// 输出格式 / output format
        #[arg(long, value_enum, default_value = "full")]
        format: RulesFormat,
    },
    /// 打印生效的配置，合为一个 gouji.toml / print the effective configuration as one gouji.toml
    Config(ConfigArguments),
    /// 在当前目录写入带说明的 gouji.toml / write a commented gouji.toml to the current folder
    Init,
    /// 打印命令补全脚本 / print a shell completion script
    Completions {
        #[arg(value_enum)]
        shell: Shell,
    },
    /// 打印手册页（man） / print the manual page
    Man {
        /// 每个子命令一页，写入此目录 / write one page per subcommand to this folder
        #[arg(short, long, value_name = "FOLDER")]
        output: Option<PathBuf>,
    },
    /// 编写规则包 / write rule packs
    #[command(subcommand)]
    Pack(Pack),
}

/// What is read.
#[derive(Debug, Args)]
pub struct Sources {
    /// 报告文件、目录（含下级目录，遵从 .gitignore）或 .zip，- 为标准输入 / reports, folders (searched recursively, respecting .gitignore) or .zip archives; - for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// 从文件读取路径清单，每行一个，- 为标准输入 / read paths from a file, one per line; - for standard input
    #[arg(long, value_name = "FILE|-")]
    pub files_from: Option<PathBuf>,
    /// 标准输入内容的文件名 / file name for standard input
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<String>,
    /// 并行数 / number of threads
    #[arg(long, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
}

#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub sources: Sources,
    /// 机关名单，列为 organization, parent, kind, from, to, alias，用于查缺报、核汇总 / list of agencies, to find missing reports and check consolidated figures
    #[arg(long, alias = "agencies", value_name = "FILE.csv")]
    pub organs: Option<PathBuf>,
    /// 不写路径时也核对全部文件，包括不像报告的 / check every file even without a path, not only files with a title or label of a form
    #[arg(long)]
    pub all_files: bool,
    /// 不显示进度 / do not show progress
    #[arg(long)]
    pub no_progress: bool,
    #[command(flatten)]
    pub telling: Telling,
    #[command(flatten)]
    pub accepted: Accepted,
    #[command(flatten)]
    pub choice: Choice,
}

#[derive(Debug, Args)]
pub struct Annotate {
    /// 报告文件，不会改动 / the report; it is not changed
    #[arg(value_name = "REPORT")]
    pub report: PathBuf,
    /// 副本的文件名，- 为标准输出；默认在报告旁边，名称加“.批注” / file name of the copy, - for standard output; default: beside the report, with “.annotated” added to its name
    #[arg(short, long, value_name = "COPY")]
    pub output: Option<PathBuf>,
    /// 副本已存在时覆盖 / overwrite the copy if it exists
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub how_read: HowRead,
}

#[derive(Debug, Args)]
pub struct Render {
    /// check 写出的 json 或 jsonl，- 为标准输入 / json or jsonl written by check; - for standard input
    #[arg(value_name = "FILE|-", required_unless_present = "schema")]
    pub file: Option<PathBuf>,
    /// 发现此级别及以上的问题时退出码为 1，默认 error / exit with status 1 if there are findings of this severity or above; default: error
    #[arg(long, value_enum)]
    pub fail_on: Option<FailOn>,
    /// 机关名单，用于确定 html、xlsx、statistics 中机关的次序和名称 / list of agencies, for their order and names in html, xlsx and statistics
    #[arg(long, alias = "agencies", value_name = "FILE.csv")]
    pub organs: Option<PathBuf>,
    /// 打印 json 和 jsonl 的 JSON Schema / print the JSON Schema of json and jsonl
    #[arg(long, conflicts_with_all = ["file", "format", "output", "open", "statistics", "verbose", "fail_on", "organs"])]
    pub schema: bool,
    #[command(flatten)]
    pub telling: Telling,
}

/// How findings are written.
#[derive(Debug, Args)]
#[command(next_help_heading = "输出 / Output")]
pub struct Telling {
    /// 输出格式；终端上默认 full，否则 concise / output format; default: full on a terminal, else concise
    #[arg(long, value_name = "FORMAT", value_parser = Formats)]
    pub format: Option<String>,
    /// 输出格式及文件，可重复 / output format and file, repeatable
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = Formats, conflicts_with = "format")]
    pub output: Vec<String>,
    /// 结束后在浏览器中打开 html 报告；未指定其文件的，写入临时目录 / open the html report in the browser at the end; it is a temporary file unless --output names one
    #[arg(long)]
    pub open: bool,
    /// 结束时在标准错误上打印统计 / print statistics to standard error at the end
    #[arg(long)]
    pub statistics: bool,
    /// 在 full 中列出不成立的关系的 id / list the ids of failed sums in full
    #[arg(long)]
    pub verbose: bool,
}

/// Any text. Shells complete the names of the formats and `--help` lists them; an unknown name is refused by the command,
/// in the language of the user.
#[derive(Clone)]
struct Formats;

impl TypedValueParser for Formats {
    type Value = String;

    fn parse_ref(&self, command: &Definition, option: Option<&Arg>, value: &OsStr) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, option, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Format::ALL.iter().map(|format| PossibleValue::new(format.name()))))
    }
}

/// Which findings are accepted.
#[derive(Debug, Args)]
#[command(next_help_heading = "基线 / Baseline and waivers")]
pub struct Accepted {
    /// 基线文件：其中已有的问题不再列出，只列新的 / baseline file: its findings are not shown, only new ones
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// 将现有问题全部写入新基线 / write all current findings to a new baseline
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "select", "ignore", "pack"])]
    pub write_baseline: Option<PathBuf>,
    /// 从基线中删除已改正的问题 / remove fixed findings from the baseline
    #[arg(long, conflicts_with_all = ["write_baseline", "select", "ignore", "pack"])]
    pub prune_baseline: bool,
    /// 基线中的问题已改正而未删除的，也算错误 / report an error for fixed findings that are still in the baseline
    #[arg(long, conflicts_with_all = ["write_baseline", "prune_baseline", "select", "ignore", "pack"])]
    pub strict_baseline: bool,
    /// 豁免清单：核查人员准予通过的问题，须写明理由 / waiver file: findings accepted by the auditor, each with a reason
    #[arg(long, value_name = "FILE.toml")]
    pub waivers: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Extract {
    #[command(flatten)]
    pub sources: Sources,
    /// 输出格式；默认按 -o 的扩展名，无扩展名时为 csv；parquet 须在编译时包含 / output format; default: that of the extension of -o, else csv; parquet needs a build with that feature
    #[arg(long, value_enum)]
    pub format: Option<ExtractFormat>,
    /// long 每个数字一行；wide 每份报告一行、每个数字一列，包括各种格式的列（用 --pack 只留一种），报告自行增加的行只在 long 中 / long: one row per figure; wide: one row per report, with the columns of all forms (--pack: of one form; rows that only a report lists appear in long only)
    #[arg(long, value_enum, default_value = "long")]
    pub layout: ExtractLayout,
    /// 写入的文件，默认为标准输出 / output file; default: standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// 在 csv 开头加 BOM，供 Excel 直接打开 / start csv with a byte order mark, for Excel
    #[arg(long)]
    pub bom: bool,
    /// 打印各列的 JSON Schema：类型和含义 / print the JSON Schema of the columns: types and meanings
    #[arg(long, conflicts_with_all = ["paths", "files_from", "stdin_filename", "jobs", "format", "output", "bom", "limit"])]
    pub schema: bool,
    #[command(flatten)]
    pub how_read: HowRead,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExtractFormat {
    Csv,
    Jsonl,
    Xlsx,
    Parquet,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExtractLayout {
    Long,
    Wide,
}

#[derive(Debug, Args)]
pub struct ConfigArguments {
    /// 逐项注明出处：文件和行，或命令行选项 / show where each value comes from
    #[arg(long)]
    pub show_origin: bool,
    /// 打印 gouji.toml 的 JSON Schema，供编辑器补全和检查 / print the JSON Schema of gouji.toml, for editors
    #[arg(long)]
    pub schema: bool,
    #[command(flatten)]
    pub choice: Choice,
}

/// Choices that gouji.toml may make as well.
#[derive(Debug, Args)]
#[command(next_help_heading = "规则 / Rules")]
pub struct Choice {
    /// 只核对：编号或其开头、名称、类别或规则包 id，可重复 / check only these rules: code or its beginning (GJ5), name, kind or pack id; repeatable
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,
    /// 不核对这些规则，写法同上 / do not check these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// 改变规则的级别：error、warning、advice，off 为不核对 / change the severity of a rule; off: do not check it
    #[arg(long, value_name = "RULE=LEVEL", value_delimiter = ',')]
    pub severity: Vec<String>,
    /// 发现此级别及以上的问题时退出码为 1，默认 error / exit with status 1 if there are findings of this severity or above; default: error
    #[arg(long, value_enum)]
    pub fail_on: Option<FailOn>,
    /// 缓存文件：未变的报告不再重新核对 / cache file: unchanged reports are not checked again
    #[arg(long, value_name = "FILE", help_heading = "读取 / Reading")]
    pub cache: Option<PathBuf>,
    /// 不用缓存 / do not use a cache, even if one is configured
    #[arg(long, help_heading = "读取 / Reading")]
    pub no_cache: bool,
    #[command(flatten)]
    pub how_read: HowRead,
}

/// How files are read.
#[derive(Debug, Args)]
#[command(next_help_heading = "读取 / Reading")]
pub struct HowRead {
    /// 不识别格式，只用此规则包 / use this rule pack instead of detecting the form
    #[arg(long, value_name = "ID")]
    pub pack: Option<String>,
    /// 放宽或收紧一个文件的限额，可重复：file-bytes, text-bytes, inflated-bytes, archive-parts, cells, rows, open-rows, reports, nesting, seconds / change a limit per file, repeatable
    #[arg(long, value_name = "NAME=NUMBER")]
    pub limit: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    Zh,
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RulesFormat {
    Full,
    Json,
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum FailOn {
    #[default]
    Error,
    Warning,
    Advice,
    Never,
}

impl Sources {
    /// Whether the call names what is to be read.
    pub fn names_any(&self) -> bool {
        !self.paths.is_empty() || self.files_from.is_some()
    }
}

impl ExtractFormat {
    /// That of a file by its name; none where the name has an extension that no format has.
    pub fn of_name(path: &Path) -> Option<Self> {
        let Some(extension) = path.extension() else { return Some(Self::Csv) };
        Self::ALL.into_iter().find(|format| extension.eq_ignore_ascii_case(format.name()))
    }

    /// All of them.
    const ALL: [Self; 4] = [Self::Csv, Self::Jsonl, Self::Xlsx, Self::Parquet];

    /// The name of the format in the library.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
        }
    }
}

impl Lang {
    /// All of them by their words.
    pub const ALL: [(&'static str, Self); 2] = [("zh", Self::Zh), ("en", Self::En)];
    /// The words, for those who wrote another one.
    pub const WORDS: &str = "zh, en";
}

impl FailOn {
    /// All of them by their words.
    pub const ALL: [(&'static str, Self); 4] =
        [("error", Self::Error), ("warning", Self::Warning), ("advice", Self::Advice), ("never", Self::Never)];
    /// The words, for those who wrote another one.
    pub const WORDS: &str = "error, warning, advice, never";

    /// The lightest severity that fails the run; none where nothing does.
    pub fn lightest(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Advice => Some(Severity::Advice),
            Self::Never => None,
        }
    }

    /// Whether a finding of this severity fails the run.
    pub fn fails(self, severity: Severity) -> bool {
        self.lightest().is_some_and(|lightest| severity >= lightest)
    }
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Chinese => Self::Zh,
            Language::English => Self::En,
        }
    }
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Self::Chinese,
            Lang::En => Self::English,
        }
    }
}
