//! The subcommands of `gouji pack`, for those who write packs.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub enum Pack {
    /// 检查规则包：写法、可疑之处、等式的约束、示例 / check a rule pack: syntax, suspicious rules, strength of its equations, cases
    Check {
        /// 规则文件或目录 / rule files or folders of rule files
        #[arg(value_name = "FILE|DIR", required = true)]
        paths: Vec<PathBuf>,
        /// 输出格式 / output format
        #[arg(long, value_enum, default_value = "full")]
        format: PackFormat,
    },
    /// 由空白表起草规则包 / draft a rule pack from a blank form
    New {
        /// 空白表：.xlsx、.docx、.html、.md、.txt 等 / a blank form
        #[arg(value_name = "SAMPLE")]
        sample: PathBuf,
        /// 要写入的规则文件，不能已存在 / rule file to write; must not exist yet
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// 规则包的 id，默认取文件名 / id of the pack; default: the file name
        #[arg(long, value_name = "ID")]
        id: Option<String>,
    },
    /// 打印规则包的 JSON Schema，供编辑器补全和检查 / print the JSON Schema of rule packs, for editors
    Schema,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PackFormat {
    Full,
    Json,
}
