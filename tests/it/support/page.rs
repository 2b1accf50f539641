//! Web pages as content systems publish them: the report among navigation, layout tables and scripts, its tables in the
//! markup of word processors.

use std::fmt::Write;

use gouji::Checker;
use gouji::internal::blank::{Blank, Grid, GridCell};
use gouji::internal::facts::Value;

use super::pack;

/// How a page is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Headings and tables, nothing else.
    Plain,
    /// A content system's page: navigation, the report within layout tables, `<td><p><span>`, blanks as entities.
    Portal,
    /// What a word processor saves: every line a paragraph of spans, conditional comments, a last row of widths.
    Word,
    /// End tags left out where HTML allows it.
    Unclosed,
    /// Header cells that claim more rows than are written, and a first cell that claims fewer.
    WrongSpans,
    /// Every cell's text in a table of its own.
    NestedCells,
    /// A fragment: tables and paragraphs without a page around them.
    Fragment,
}

pub const WAYS: [Way; 7] =
    [Way::Plain, Way::Portal, Way::Word, Way::Unclosed, Way::WrongSpans, Way::NestedCells, Way::Fragment];

/// How many figures are read of a page of `report`, none of them as another one, and the findings.
pub fn read(page: &str, report: &Blank<'_>) -> (usize, Vec<String>) {
    let read = Checker::default().read_with("r.html", page.as_bytes(), |reading| {
        let facts = pack().figures.iter().zip(&reading.facts.figures).zip(&report.figures);
        let numbers = facts.filter_map(|((figure, fact), right)| {
            let Value::Number(number) = fact.value else { return None };
            assert_eq!(number.to_string(), *right, "{}", figure.id);
            Some(())
        });
        numbers.count()
    });
    let read = read.into_iter().next().and_then(Result::ok).expect("a report");
    let report = Checker::default().check("r.html", page.as_bytes()).into_first().report;
    let findings = report.findings.iter().map(|finding| format!("{} {}", finding.rule.code, finding.place));
    (read, findings.collect())
}

/// The page, in UTF-8 and saying so unless `charset` names another encoding.
pub fn write(report: &Blank<'_>, way: Way, charset: &str) -> String {
    let body = body(report, way);
    let title = report.title();
    match way {
        Way::Fragment => body,
        Way::Portal => format!(
            "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\">\r\n<html xmlns=\"http://www.w3.org/1999/xhtml\">\
             <head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset={charset}\" />\r\n<title>{title}-政府门户网站</title>\
             \r\n<script type=\"text/javascript\">var t = \"<table><tr><td>7</td></tr></table>\"; if (1 < 2) {{ total = 3; }}</script>\
             <style>td {{ width: 12px }}</style></head>\r\n<body onload=\"init()\">\r\n\
             <table width=\"1000\"><tr><td><a href=\"/\">首页</a></td><td>|</td><td>信息公开</td><td>互动交流</td><td>2</td></tr></table>\r\n\
             <table width=\"1000\" border=\"0\"><tr><td width=\"200\" valign=\"top\"><ul><li>机构职能</li><li>年度报告</li><li>政策文件 12</li></ul></td>\
             <td><table><tr><td class=\"title\">{title}</td></tr><tr><td>发布日期：2024-01-12　浏览次数：<span>36</span>　字号：大 中 小</td></tr>\
             <tr><td id=\"zoom\">{body}</td></tr></table></td></tr></table>\r\n\
             <div class=\"footer\">主办：办公室　备案号 12345678<table><tr><td>网站地图</td><td>联系我们</td></tr></table></div>\
             </body></html>\r\n"
        ),
        _ => format!(
            "<!doctype html>\n<html><head><meta charset=\"{charset}\"><title>{title}</title></head>\n<body>\n{body}</body></html>\n"
        ),
    }
}

fn body(report: &Blank<'_>, way: Way) -> String {
    let mut text = String::new();
    let title = report.title();
    match way {
        Way::Portal => {}
        Way::Word => {
            writeln!(text, "<p class=MsoNormal align=center><b><span>{title}</span></b><o:p></o:p></p>").expect(TAKEN);
        }
        _ => writeln!(text, "<h1>{title}</h1>").expect(TAKEN),
    }
    for (index, section) in report.pack.sections.iter().enumerate() {
        let heading = report.heading(index);
        match way {
            Way::Portal => {
                write!(text, "<p style=\"text-indent: 2em\"><strong><span>{heading}</span></strong></p>\r\n")
            }
            Way::Word => {
                let (number, rest) = heading.split_once('、').unwrap_or(("", &heading));
                writeln!(text, "<p class=MsoNormal><span lang=EN-US>{number}</span><span>、{rest}</span></p>")
            }
            Way::Unclosed => writeln!(text, "<p>{heading}"),
            _ => writeln!(text, "<h2>{heading}</h2>"),
        }
        .expect(TAKEN);
        for line in report.texts[index].lines().filter(|line| !line.is_empty()) {
            match way {
                Way::Unclosed => writeln!(text, "<p>{line}"),
                Way::Portal => write!(text, "<p>&nbsp;&nbsp;&nbsp;&nbsp;{}</p>\r\n", line.replace(' ', "&nbsp;")),
                _ => writeln!(text, "<p>{line}</p>"),
            }
            .expect(TAKEN);
        }
        for &table in &section.tables {
            text.push_str(&table_text(&report.grid(table), way));
        }
    }
    text
}

const TAKEN: &str = "strings take all";

fn table_text(grid: &Grid, way: Way) -> String {
    let mut text = String::from("<table border=1 cellspacing=0>\n");
    if way == Way::Word {
        text.push_str("<![if !supportMisalignedColumns]><tbody>");
    }
    let header = grid.iter().take_while(|row| row.iter().all(|(_, cell)| cell.figure.is_none())).count();
    for (index, row) in grid.iter().enumerate() {
        text.push_str("<tr>");
        for (_, cell) in row {
            let is_header = index < header && cell.rows > 1;
            let rows = if way == Way::WrongSpans && is_header { cell.rows + 1 } else { cell.rows };
            let rows = if rows > 1 { format!(" rowspan=\"{rows}\"") } else { String::new() };
            let columns = if cell.columns > 1 { format!(" colspan={}", cell.columns) } else { String::new() };
            write!(text, "<td{rows}{columns}>{}", content(cell, way)).expect(TAKEN);
            text.push_str(if way == Way::Unclosed { "" } else { "</td>" });
        }
        text.push_str(if way == Way::Unclosed { "\n" } else { "</tr>\n" });
    }
    if way == Way::Word {
        text.push_str("<tr height=0>");
        let width = grid.iter().flatten().map(|(column, cell)| column + cell.columns).max().unwrap_or(0);
        text.push_str(&"<td width=40></td>".repeat(width));
        text.push_str("</tr></tbody><![endif]>");
    }
    text.push_str("</table>\n");
    text
}

fn content(cell: &GridCell, way: Way) -> String {
    let text = &cell.text;
    match way {
        Way::Portal if cell.figure.is_some() => format!("<p align=\"center\"><span>&nbsp;{text}</span></p>"),
        Way::Portal => {
            // A label is broken where its cell was narrow.
            let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
            format!("<p>\r\n\t\t<span>{}<br />{}</span>&nbsp;</p>", &text[..half], &text[half..])
        }
        Way::Word => {
            format!("<p class=MsoNormal><span\n  lang=EN-US style='font-size:9.0pt'>{text}<o:p></o:p></span></p>")
        }
        Way::NestedCells => format!("<table><tr><td>{text}</td></tr></table>"),
        _ => text.clone(),
    }
}
