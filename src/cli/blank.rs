//! The options of `gouji blank`.

use std::path::PathBuf;

use clap::Args;

/// Which form is wanted, and where it is written.
#[derive(Debug, Args)]
pub struct Blank {
    /// 规则包 id，或同一表格各年格式共用的名称；默认同上年报告 / id of the rule pack, or of the family of its versions; default: that of last year's report
    #[arg(long, value_name = "ID")]
    pub pack: Option<String>,
    /// 机关名称，默认同上年报告 / name of the agency; default: that of last year's report
    #[arg(long, value_name = "NAME")]
    pub organization: Option<String>,
    /// 报告年度，默认为上年报告的下一年 / year of the report; default: the year after last year's report
    #[arg(long, value_name = "YEAR")]
    pub year: Option<u16>,
    /// 上年报告：填入由它结转的数字 / last year's report: figures carried over from it are filled in
    #[arg(long, value_name = "REPORT")]
    pub previous: Option<PathBuf>,
    /// 要写入的文件：.xlsx、.docx 或 .md / file to write: .xlsx, .docx or .md
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// 覆盖已有的文件 / overwrite the file if it exists
    #[arg(long)]
    pub force: bool,
}
