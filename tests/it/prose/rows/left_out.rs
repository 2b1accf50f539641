//! A part, however it is said.

use crate::prose::{Row, county, row};

pub const ROWS: &[Row] = &[
    // A part, however it is said.
    row("received 12, denied 3", "收到申请12件，涉及土地征收5件，予以公开4件、不予公开1件。", &[]),
    county("received 300, denied 20", "全县收到公开申请300件，其中县教育局5件（予以公开4件、不予公开1件）。", &[]),
    county(
        "received 300, received.business 20",
        "全县收到公开申请320件，其中县教育局5件（自然人4件、商业企业1件）。",
        &[],
    ),
    row("received 12", "优化依申请公开流程，加强互动交流，全年共答复97件。", &[]),
    row("received 12", "截至2024年12月31日，累计收到政府信息公开申请340件。", &[]),
    row("r.upheld 2", "全年行政复议12件，其中涉及政府信息公开2件。", &[]),
    row("r.upheld 2", "全年办理行政复议12件，结果维持10件，涉及信息公开2件。", &[]),
    row(
        "r.upheld 2, l.upheld 1",
        "因政府信息公开产生行政复议案件2件和行政诉讼案件1件，其中行政复议结果维持2件，行政诉讼结果维持1件。",
        &[],
    ),
    row(
        "r.upheld 2, r.pending 1, l.upheld 1",
        "因政府信息公开引起的行政复议3件，其中结果维持2件，尚未审结2件，行政诉讼1件。",
        &["GJ424 2"],
    ),
    row("r.upheld 2, l.upheld 1", "全年因政府信息公开申请引起的行政复议、行政诉讼4件。", &["GJ424 4"]),
    row(
        "r.upheld 1",
        "全年没有发生因政府信息公开申请行政复议和提起行政诉讼的情况。",
        &["GJ428 全年没有发生因政府信息公开申请行政复议和提起行政诉讼的情况"],
    ),
    // In the styles of real reports.
    row("received 3", "本年度,共受理政府信息公开申请2件,都在法定期限内予以答复。", &["GJ421 2"]),
    row("received 3", "本年度,共受理政府信息公开申请3件,都在法定期限内予以答复。", &[]),
    row(
        "received 1",
        "2024年,我局全年未收到行政许可申请;全年未接到信息公开申请;各栏目共刊发文稿44篇。",
        &["GJ428 全年未接到信息公开申请"],
    ),
    row("received 1", "2024年，共办理12345热线47件，已全部办结，满意率100%。", &[]),
    county(
        "received 927, carried_in 34, carried_out 31",
        "2024年全县共收到依申请件927件，上年结转34件，办结930件，31件结转到2025年度继续办理。",
        &[],
    ),
    county(
        "received 1541, carried_in 20, carried_out 34",
        "全县全年新收政府信息公开申请1541件，加上上年结转的，除去本年度结转下年度办理的，共办理政府信息公开申请1527件，其中予以公开或部分公开占58.5%、不予公开占7.3%。",
        &[],
    ),
    county(
        "received 255, denied 28, partly_granted 5, unavailable 120, not_processed 31",
        "2024年，全县受理依申请公开件255件，办结255件，其中予以公开71件、部分公开5件、不予公开28件、无法提供120件、不予处理31件。",
        &[],
    ),
    county(
        "received 255, denied 28, partly_granted 5, unavailable 120, not_processed 31",
        "2024年，全县受理依申请公开件255件，办结255件，其中予以公开71件、部分公开5件、不予公开28件、无法提供112件、不予处理31件。",
        &["GJ422 112"],
    ),
    county(
        "received 9",
        "2024年，全县各职能部门、镇街共收到政府信息依申请公开1499件。其中，通过网络申请1303件，占86.92%；通过信函申请172件，占11.47%。",
        &[],
    ),
    county(
        "received 9, denied 3",
        "2024年，全县各职能部门、镇街共完成政府信息依申请公开答复1453件，包括上年结转信息公开申请30件。其中，予以公开答复966件，占66.48%；部分公开67件，占4.61%；不予公开81件，占5.57%。",
        &[],
    ),
    row("received 12", "收到申请公开政府信息的要求0条。", &[]),
    row(
        "received 12, carried_in 1, unavailable 4, carried_out 2",
        "2024年，我街道共收到信息公开申请12件，上年度结转1件；予以公开7件，无法提供4件，结转下年继续办理2件。",
        &[],
    ),
    Row {
        agency: "义乌市廿三里街道办事处",
        figures: "received 12, carried_in 1, unavailable 4, carried_out 2",
        text: "2024年，我街道共收到信息公开申请12件，上年度结转1件；予以公开7件，无法提供5件，结转下年继续办理2件。",
        expected: &["GJ422 5"],
    },
    Row {
        agency: "大足区人民政府办公室",
        figures: "received 28, r.upheld 5, r.pending 1, l.upheld 3",
        text: "2024年区政府（含区政府办公室）收到政府信息公开申请30件，现已办结30件，办结率100%，全年因政府信息公开产生行政复议案件6件和行政诉讼案件3件，其中行政复议结果维持5件，尚未审结1件，行政诉讼结果维持3件。",
        expected: &[],
    },
    Row {
        agency: "上海市人民政府办公厅",
        figures: "received 859, carried_in 18, carried_out 72",
        text: "市政府办公厅代表市政府共受理政府信息公开申请895件，申请数量较去年回落12.3%。",
        expected: &["GJ421 895"],
    },
    Row {
        agency: "教育部",
        figures: "received 1036, carried_in 40, carried_out 51",
        text: "2024年，教育部新收政府信息公开申请1036件，上年结转40件，结转下年度51件。",
        expected: &[],
    },
    Row {
        agency: "教育部",
        figures: "received 1036, carried_in 40, carried_out 51",
        text: "2024年，我部新收政府信息公开申请1063件，上年结转40件，结转下年度51件。",
        expected: &["GJ421 1063"],
    },
    Row {
        agency: "望江县司法局",
        figures: "",
        text: "全年受理行政复议申请300件，审结280件；办理政府信息公开类行政复议案件36件，其中结果维持20件，结果纠正3件。",
        expected: &[],
    },
    // An outcome named twice, or a leaf named like its group.
    row("received 30, other_outcome 7", "其中予以公开23件，逾期未补正2件，其他处理5件。", &[]),
    row("received 30, other_outcome 7", "办结30件，予以公开23件，申请人撤回2件，其他处理5件。", &[]),
    row("received 30, other_outcome 7", "其中予以公开23件，其他处理5件。", &["GJ422 5"]),
    row(
        "received 30, denied 2",
        "予以公开28件，不予公开（属于三类内部事务信息）1件，不予公开（属于四类过程性信息）1件。",
        &[],
    ),
    row("received 30, denied 2", "予以公开28件，不予公开（属于三类内部事务信息）1件。", &[]),
    row("received 30, unavailable 3", "予以公开27件，因本机关不掌握无法提供2件，因没有现成信息无法提供1件。", &[]),
    row("received 30, unavailable 3", "予以公开27件，因没有现成信息无法提供1件。", &[]),
    row(
        "received 30, not_processed 3",
        "予以公开27件；属于信访举报投诉，不予处理2件；属于重复申请，不予处理1件。",
        &[],
    ),
    row("received 30, not_processed 3", "予以公开27件；属于信访举报投诉，不予处理2件。", &[]),
    // Carried over: other things, or a part.
    row(
        "received 12, carried_in 2, carried_out 1",
        "收到政府信息公开申请12件；办理行政复议（含上年结转1件）9件。",
        &[],
    ),
    row("received 12, carried_in 2, carried_out 1", "办理12345工单97件，结转下年度办理5件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "上年结转1件。", &[]),
    row(
        "received 12, carried_in 2, carried_out 1",
        "收到政府信息公开申请12件，因征求第三方意见结转下年度2件；因补正结转下年度3件。",
        &[],
    ),
    row("received 12, carried_in 2, carried_out 1", "收到政府信息公开申请12件，自然人上年结转1件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "收到政府信息公开申请12件，县公安局上年结转1件。", &[]),
    // Applications for something else.
    row("received 12, carried_in 2, carried_out 1", "共收到申请35件。", &[]),
    row(
        "received 12, carried_in 2, carried_out 1",
        "收到行政许可申请97件，其中依申请公开政府信息事项另计，收到申请35件。",
        &[],
    ),
    row("received 12, carried_in 2, carried_out 1", "收到政府信息公开申请15件，其余为业务咨询。", &[]),
    row("received 12, carried_in 2, carried_out 1", "收到公租房申请40件，其中自然人申请40件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "收到各类申请35件，均已按时办结。", &[]),
];
