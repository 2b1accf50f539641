//! Columns that nothing names: their figures are read in the form's order, and that is said.

use crate::support::page::{self, Way};
use crate::support::report;

const SEED: u64 = 83;

/// The page without the names of some columns.
fn without(names: &[&str]) -> String {
    let page = page::write(&report(SEED), Way::Plain, "utf-8");
    names.iter().fold(page, |page, name| page.replace(&format!(">{name}<"), "><"))
}

fn read(page: &str) -> (usize, Vec<String>) {
    page::read(page, &report(SEED))
}

#[test]
fn columns_without_names_are_read_in_the_order_of_the_form_and_said() {
    let all = read(&without(&[])).0;
    for (table, names) in [
        ("表二", &["本年制发件数", "本年废止件数", "现行有效件数"][..]),
        ("表三", &["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]),
        ("表三", &["商业企业", "社会公益组织"]),
        ("表四", &["结果维持", "结果纠正"]),
        ("表四", &["未经复议直接起诉", "复议后起诉"]),
    ] {
        assert_eq!(read(&without(names)), (all, vec![format!("GJ207 {table}")]), "{names:?}");
    }
}

#[test]
fn one_column_without_a_name_is_the_one_that_is_left() {
    let all = read(&without(&[])).0;
    for name in ["本年废止件数", "科研机构", "结果维持", "复议后起诉"] {
        assert_eq!(read(&without(&[name])), (all, vec![]), "{name}");
    }
}

#[test]
fn names_that_are_misprinted_or_broken_are_names() {
    let page = without(&[]);
    let broken = page.replace(">社会公益组织<", ">社会公<br>益组织<").replace(">法律服务机构<", ">法律服<br>务机构<");
    assert_eq!(read(&broken).1, Vec::<String>::new());
    let misprinted = page.replace(">社会公益组织<", ">社会公益组<").replace(">法律服务机构<", ">法侓服务机构<");
    assert_eq!(read(&misprinted).1, Vec::<String>::new());
}
