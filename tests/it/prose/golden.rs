//! What is understood of sentences, one line a number: the whole listing is looked at before it is accepted.

use super::{report, row};
use crate::command::run;

/// What the tables say, so that most sentences are right.
const FIGURES: &str = "received 20, received.business 3, carried_in 4, carried_out 2, partly_granted 3, denied 6, unavailable 5, \
    r.upheld 4, r.corrected 1, r.other 1, r.pending 1, l.upheld 1, l.pending 1, a.upheld 2, \
    a.corrected 1, disclosure.normative_documents.issued 3, disclosure.normative_documents.in_force 12";

/// Sentences of each kind that is compared, with what makes it hard.
const SECTION_ONE: &str = "\
（一）主动公开情况。全年主动公开政府信息135条。其中，工作动态31条，通知公告46条，政策文件58条。

组织政策解读29篇（文字解读12篇、视频解读17篇），较上年的20篇增加9篇，增长45%。

通过网站公开31条，通过公众号公开46条，共计公开77条。公开信息80条，其中政务动态60条，占75%。

（二）依申请公开情况。本年度我局新收申请23件，上年结转4件，总计27件；办结25件，剩余2件结转下年度办理。

收到申请23件，其中网络申请15件、信函申请8件；自然人20件，法人或其他组织3件。

办理结果为：予以公开11件，占44%；部分公开3件；不予公开、无法提供分别为6件、5件。

申请件数由上年的20件增加到23件，增加3件。按时办结25件，12345热线工单312件均已答复。

截至2024年12月31日，累计收到政府信息公开申请340件；县教育局收到申请5件。

（三）政府信息管理情况。我局新制发行政规范性文件3件，现行有效十二件；审查规范性文件9件。";

const SECTION_FOUR: &str = "\
本年度因政府信息公开被申请行政复议7件，结果维持4件、纠正1件、其他1件，尚未审结1件；行政诉讼5件，均予以维持。

行政复议、行政诉讼分别为7件、5件。未经复议直接起诉2件，复议后起诉3件，结果维持的分别为1件、2件。

本年度未发生行政赔偿，没有收到政府信息公开申请。";

#[test]
fn what_is_understood_of_sentences() {
    let mut text = report(&row(FIGURES, SECTION_ONE, &[]));
    let (before, behind) = text.split_once("## 五").expect("section five");
    text = format!("{before}{SECTION_FOUR}\n\n## 五{behind}");
    let folder = tempfile::tempdir().expect("room");
    let path = folder.path().join("r.md");
    std::fs::write(&path, text).expect("room");
    let path = path.to_str().expect("UTF-8");
    for language in ["zh", "en"] {
        let output = run(&["explain", "--text", path, "--lang", language]);
        let listing = String::from_utf8(output.stdout).expect("UTF-8");
        insta::assert_snapshot!(language, listing.replace('\t', " | "));
    }
}
