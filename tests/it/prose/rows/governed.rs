//! What a word governs: its own clause, what is of it, and nothing behind that.

use crate::prose::{COUNTY, Row, county, row};

pub const ROWS: &[Row] = &[
    // The narrowest of the names is meant.
    row("received 12, not_processed 5", "（二）依申请公开情况。因重复申请不予处理的5件。", &[]),
    row("received 12, not_processed 5", "（二）依申请公开情况。因重复申请不予处理的6件。", &["GJ422 6"]),
    row("received 12, denied 3", "（二）依申请公开情况。属于内部事务信息不予公开的3件。", &[]),
    row("r.upheld 4, r.corrected 1", "四：行政复议案件5件，年内审结5件，审结案件中维持4件。", &[]),
    row("r.upheld 4, r.corrected 1", "四：行政复议案件5件，年内审结5件，审结案件中维持5件。", &["GJ424 5"]),
    row("received 12, other_outcome 3", "（二）依申请公开情况。申请人逾期不补正不再处理2件。", &["GJ422 2"]),
    // Of whom those were that something was done with, no table says.
    row(
        "received 12, received.business 3, carried_in 4",
        "（二）依申请公开情况。上年结转4件中自然人3件、法人和其他组织1件。",
        &[],
    ),
    row(
        "received 12, received.business 3, carried_in 4",
        "（二）依申请公开情况。上年结转的4件申请中，自然人提出1件，法人或其他组织提出3件。",
        &[],
    ),
    row(
        "received 12, received.business 3, carried_out 2",
        "（二）依申请公开情况。办结的申请中，自然人申请9件，法人或其他组织申请4件。",
        &[],
    ),
    row(
        "received 12, received.business 3, denied 5",
        "（二）依申请公开情况。不予公开5件，其中自然人4件、商业企业1件。",
        &[],
    ),
    row("received 12, received.business 3", "（二）依申请公开情况。收到申请15件，其中自然人12件、商业企业3件。", &[]),
    row(
        "received 12, received.business 3",
        "（二）依申请公开情况。收到申请15件，其中自然人11件、商业企业4件。",
        &["GJ423 11", "GJ423 4"],
    ),
    row("received 12, carried_in 4", "（二）依申请公开情况。上年结转的申请4件在年初全部办结，其中予以公开2件。", &[]),
    // Totals and what they are of.
    row("received 12, carried_in 4, r.upheld 3", "四：收到政府信息公开申请12件、行政复议3件，两项合计15件。", &[]),
    row("received 12, carried_in 4", "公开文件29条，解读22条，两类共51条。", &[]),
    row("received 12, carried_in 4", "公开文件29条，解读22条，两类共53条。", &["GJ420 53"]),
    row(
        "received 12, carried_in 4, carried_out 1",
        "（二）依申请公开情况。共收到申请12件，共办结15件，共结转1件。",
        &[],
    ),
    row("received 12, carried_in 4", "公开信息218条，开展培训3次，共50人次参加。", &[]),
    row("received 12, carried_in 4", "（二）依申请公开情况。收到申请12件，办理结果总计16件，办结率100%。", &[]),
    row("", "公开信息38条。近三年公开信息分别为38条、29条、27条。", &[]),
    row("received 12", "收到政府信息公开申请12件，其中转送其他机关3件，告知向其他机关申请2件。", &[]),
    row("received 104", "（二）依申请公开情况。收到申请104件，其中涉及同一项目4件、同一申请人6件。", &[]),
    row("", "公开信息362条（不同渠道发布的同一信息计为1条），其中网站276条，公众号207条。", &[]),
    // Percentages behind their numbers.
    row("received 12, denied 3", "予以公开9件、不予公开3件，占比分别为75%、25%。", &[]),
    row("", "政务动态31条、通知公告46条、政策文件58条，占比分别为23%、34.1%、43%。", &[]),
    row("received 12, denied 3", "（二）依申请公开情况。办结12件，不予公开3件，占已办结总数的25%。", &[]),
    row("received 12, denied 3", "（二）依申请公开情况。办结12件，不予公开3件，占已办结总数的35%。", &["GJ422 35"]),
    row("", "收到网民留言28条，办结21条，办结率75%。", &[]),
    row("", "收到网民留言28条，办结21条，办结率85%。", &["GJ433 85"]),
    row("", "收到网民留言28条，办结21条，满意率85%。", &[]),
    row("received 12", "（二）依申请公开情况。申请数量由2023年的7件上升至2024年的12件。", &[]),
    // Other things, and the form's again.
    row(
        "received 12, denied 3",
        "（二）依申请公开情况。收到申请12件，内容涉及行政许可、行政处罚等，其中不予公开4件。",
        &["GJ422 4"],
    ),
    row("received 12", "收到政府信息公开申请12件，主动公开政府信息387条，办结13件。", &[]),
    row(
        "received 12, r.upheld 3",
        "四：收到政府信息公开申请12件，主动公开政府信息387条，因信息公开引起的行政复议4件。",
        &["GJ424 4"],
    ),
    row("received 12", "通过网站、信函等渠道收到政府信息公开申请13件。", &["GJ421 13"]),
    row("received 12", "通过网站收到政府信息公开申请8件。", &[]),
    row("received 12", "（二）依申请公开情况。收到申请方面，本年12件；办理方面，办结13件。", &["GJ421 13"]),
    row(
        "received 12, carried_in 4",
        "（二）依申请公开情况。收到政府信息公开申请比上年有所增加，受理13件。",
        &["GJ421 13"],
    ),
    row("received 12, carried_out 2", "收到政府信息公开申请12件，结转3件。", &["GJ421 3"]),
    row(
        "received 12, carried_out 2",
        "（二）依申请公开情况。本单位结转申请2件，截至本报告发布之日，已办结1件，还有1件正在办理。",
        &[],
    ),
    row("r.upheld 3", "四：没有涉及政府信息公开申请的行政诉讼。", &[]),
    county("received 12", "全县24个乡镇街道中有3个收到过申请。", &[]),
    // Numbered, in brackets, behind colons.
    row("received 12, denied 3", "（一）依申请公开情况：1.予以公开9件；2.不予公开4件。", &["GJ422 4"]),
    row("received 12, carried_in 4", "收到政府信息公开申请：13件；上年结转：4件。", &["GJ421 13"]),
    row("received 12, carried_in 4", "新收政府信息公开申请（12件）、上年结转（5件）、办结（16件）。", &["GJ421 5"]),
    // Where a number is missing.
    row("received 12", "收到政府信息公开申请件，均已办结。", &["GJ430 收到政府信息公开申请件，"]),
    row("received 12", "全年办结件，结转下年度0件。", &["GJ430 办结件，"]),
    Row { agency: COUNTY, ..row("received 12", "收到申请12件，占全部办结件（12件）的100%。", &[]) },
];
