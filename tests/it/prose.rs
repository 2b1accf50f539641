//! Sentences of reports with the figures they stand beside: what is said of each, and of most nothing.

mod words;

use std::collections::BTreeMap;

use crate::support::pack;
use gouji::Checker;
use gouji::internal::blank::Blank;
use gouji::internal::finding::Finding;

/// A report of zeros with some figures changed and a paragraph in section one (or, where it begins with 四：, in section
/// four), and what is found in the text: 「code number」 each.
struct Row {
    agency: &'static str,
    figures: &'static str,
    text: &'static str,
    expected: &'static [&'static str],
}

const BUREAU: &str = "望江县商务局";
const COUNTY: &str = "望江县人民政府";

const fn row(figures: &'static str, text: &'static str, expected: &'static [&'static str]) -> Row {
    Row { agency: BUREAU, figures, text, expected }
}

const fn county(figures: &'static str, text: &'static str, expected: &'static [&'static str]) -> Row {
    Row { agency: COUNTY, figures, text, expected }
}

const ROWS: &[Row] = &[
    // Received; and received with what was carried over.
    row("received 12", "全年共收到政府信息公开申请12件，均在法定期限内答复。", &[]),
    row("received 12", "全年共收到政府信息公开申请21件，均在法定期限内答复。", &["GJ421 21"]),
    row("received 12", "2024年，我局共收到公民、法人和其他组织政府信息公开申请12件。", &[]),
    row("received 12", "2024年，我局共收到公民、法人和其他组织政府信息公开申请１３件。", &["GJ421 13"]),
    row("received 12, carried_in 2", "本年度共受理信息公开申请 14 件。", &[]),
    row("received 12, carried_in 2", "本年度共受理信息公开申请 15 件。", &["GJ421 15"]),
    row("received 8", "依申请公开共受理8件，已全部办结。", &[]),
    row("received 8", "依申请公开共受理9件，已全部办结。", &["GJ421 9"]),
    row("", "本年度收到政府信息公开申请0件。", &[]),
    row("received 1", "本年度收到政府信息公开申请0件。", &["GJ421 0"]),
    row("received 1036", "2024年1月1日至12月31日，望江县商务局共收到依申请公开1,036件。", &[]),
    row("received 12", "截至2024年12月31日，县商务局共收到政府信息公开申请12宗。", &[]),
    row("received 12", "截至2024年12月31日，县商务局共收到政府信息公开申请11宗。", &["GJ421 11"]),
    row("received 12", "2024年度，共收到申请公开政府信息12件，较2023年增加5件。", &[]),
    row("received 12, carried_in 2", "2024年新收政府信息公开申请12件，上年结转2件。", &[]),
    row("received 12, carried_in 2", "2024年新收政府信息公开申请12件，上年结转3件。", &["GJ421 3"]),
    row("received 12, carried_out 1", "收到政府信息公开申请12件，结转下年度继续办理1件。", &[]),
    row("received 12, carried_out 1", "收到政府信息公开申请12件，结转下年度继续办理2件。", &["GJ421 2"]),
    row("received 12, carried_out 1", "收到申请12件，其中1件顺延至下年度办理。", &[]),
    // Numbers of others, of a part, of another time.
    row("received 12", "望江县教育局共收到政府信息公开申请5件。", &[]),
    row("received 12", "全县各乡镇、各部门共收到政府信息公开申请300件，我局收到政府信息公开申请12件。", &[]),
    row("received 12", "全县共收到政府信息公开申请300件。", &[]),
    county("received 300", "全县共收到政府信息公开申请300件，其中县商务局收到申请12件、县教育局收到申请5件。", &[]),
    county("received 300", "全县共收到政府信息公开申请303件。", &["GJ421 303"]),
    county("received 95", "2024年，县政府办代表县政府受理政府信息公开申请17件，均已在法定期限内予以答复。", &[]),
    county("received 95", "县政府本级收到政府信息公开申请17件。", &[]),
    row("received 12", "2023年，我局收到政府信息公开申请7件；2024年，我局收到政府信息公开申请12件。", &[]),
    row(
        "received 12",
        "2022年收到政府信息公开申请5件，2023年收到政府信息公开申请7件，2024年收到政府信息公开申请13件。",
        &["GJ421 13"],
    ),
    row("received 12", "去年收到政府信息公开申请7件，今年收到政府信息公开申请12件。", &[]),
    row("received 12", "上年度收到政府信息公开申请7件。", &[]),
    row("received 12", "近三年来共收到政府信息公开申请40件。", &[]),
    row("received 12", "上半年收到政府信息公开申请7件。", &[]),
    row("received 12", "1—6月，收到政府信息公开申请7件。", &[]),
    row("received 12", "收到政府信息公开申请12件，其中网络申请10件、信函申请2件。", &[]),
    row("received 12", "通过政府网站收到政府信息公开申请10件。", &[]),
    row("received 12", "共收到申请12件，其中受理政府信息公开申请10件，2件退回补正。", &[]),
    row("received 12", "收到信息公开申请约10件。", &[]),
    row("received 12", "收到网上咨询、投诉30件，12345热线转办工单215件，均按时答复。", &[]),
    row("received 12", "办理人大建议3件、政协提案5件，答复率100%。", &[]),
    row("received 12", "主动公开信息142条，申请公开信息3条。", &[]),
    row("received 12", "受理行政许可申请97件，办结97件。", &[]),
    row("received 12", "全年收到行政复议申请30件。", &[]),
    row("received 12", "接收群众来信申请低保15件。", &[]),
    row("received 12", "各股室收到政府信息公开申请情况：办公室5件，市场股7件。", &[]),
    // Answered, concluded.
    row(
        "received 10, carried_in 1",
        "2024年受理信息公开申请10件，办理上年度结转申请1件。答复11件，均在法定期限内答复。",
        &[],
    ),
    row("received 12", "收到政府信息公开申请12件，答复12件。", &[]),
    row("received 12", "收到政府信息公开申请12件，答复15件。", &["GJ421 15"]),
    row("received 19", "共受理政府信息公开申请19件，其中11件均按规定程序办结，8件申请人主动撤销。", &[]),
    row("received 12, carried_out 2", "收到政府信息公开申请12件，按时办结9件，延期办结1件。", &[]),
    row("received 12, carried_out 1", "收到政府信息公开申请12件，均已按时办结。", &["GJ427 均已按时办结"]),
    row("received 12", "收到政府信息公开申请12件，均已按时办结。", &[]),
    row("received 12, carried_out 1", "收到政府信息公开申请12件，均已在法定期限内答复。", &[]),
    row("received 12, carried_out 1", "收到政府信息公开申请12件，除1件尚未到期外，均已办结。", &[]),
    row("received 12, carried_in 2, carried_out 1", "上年结转申请2件，均已办结。", &[]),
    row("received 12, carried_out 1", "确保依申请公开件件办结。", &[]),
    // Outcomes and shares.
    row(
        "received 12, denied 3, unavailable 4",
        "收到政府信息公开申请12件，予以公开5件，不予公开3件，无法提供4件。",
        &[],
    ),
    row(
        "received 12, denied 3, unavailable 4",
        "收到政府信息公开申请12件，予以公开5件，不予公开4件，无法提供4件。",
        &["GJ422 4"],
    ),
    row("received 12, partly_granted 2, denied 3", "全年予以公开、部分公开9件，不予公开3件。", &[]),
    row("received 12, partly_granted 2, denied 3", "全年予以公开、部分公开8件，不予公开3件。", &["GJ422 8"]),
    row("received 12, denied 3", "予以公开9件（75%），不予公开3件（25.0%）。", &[]),
    row("received 12, denied 3", "予以公开9件（75%），不予公开3件（20%）。", &["GJ422 20"]),
    row("received 12, denied 3", "予以公开9件，占总数的75.0%；不予公开3件，占比25%。", &[]),
    row("received 9, denied 3", "予以公开6件，占66.6%；不予公开3件，占33.3%。", &[]),
    row("received 12, denied 3", "属于已主动公开范围4件，同意公开5件，不予公开3件，信息不存在1件。", &[]),
    row("received 12, denied 3", "县教育局受理申请5件，予以公开4件、不予公开1件。", &[]),
    row("received 12, denied 3", "收到网络申请10件，其中予以公开4件、不予公开1件。", &[]),
    row("received 12, denied 3", "收到网络申请10件。其中，予以公开4件、不予公开1件。", &[]),
    row("received 12, denied 3", "予以公开文件5件。", &[]),
    // Applicants.
    row(
        "received 12, received.business 3",
        "收到政府信息公开申请15件，其中自然人申请12件，法人或其他组织申请3件。",
        &[],
    ),
    row(
        "received 12, received.business 3",
        "收到政府信息公开申请15件，其中自然人申请13件，法人或其他组织申请2件。",
        &["GJ423 13", "GJ423 2"],
    ),
    row(
        "received 12, received.business 3, denied 7",
        "收到政府信息公开申请15件，予以公开8件，其中自然人5件、法人和其他组织3件。",
        &[],
    ),
    row("received 12, received.business 3, carried_in 1", "受理政府信息公开申请16件，其中公民13件，商业企业3件。", &[]),
    row("received 12, received.business 3", "培训公民、法人代表30件次。", &[]),
    // Disputes.
    row("r.upheld 2", "因政府信息公开被申请行政复议2件。", &[]),
    row("r.upheld 2", "因政府信息公开被申请行政复议3起。", &["GJ424 3"]),
    row("r.upheld 2, l.other 1, a.other 1", "因政府信息公开工作被申请行政复议2件，被提起行政诉讼2件。", &[]),
    row("r.upheld 2, l.other 1, a.other 1", "因政府信息公开工作被申请行政复议2件，被提起行政诉讼4件。", &["GJ424 4"]),
    row("r.upheld 2, l.other 1, a.other 1", "涉及政府信息公开的行政复议、行政诉讼4件，其中维持2件。", &[]),
    row("r.upheld 2", "受理行政复议3件，审结3件。", &[]),
    row("r.upheld 2", "作为复议机关，我局审理政府信息公开行政复议案件36件。", &[]),
    row("r.upheld 2", "办理政府信息公开行政复议案件36件、行政诉讼案件12件。", &[]),
    row("r.upheld 2", "我局政府信息公开行政诉讼一审3件，二审1件。", &[]),
    row("r.upheld 2, r.pending 1", "政府信息公开行政复议3件，均维持。", &["GJ426 均维持"]),
    row("r.upheld 3", "政府信息公开行政复议3件，均予以维持。", &[]),
    row("r.upheld 2, r.pending 1", "政府信息公开行政复议3件，已审结2件，均维持。", &[]),
    row(
        "r.upheld 2",
        "本年度未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。",
        &["GJ428 本年度未发生因政府信息公开被申请行政复议、提起行政诉讼的情况"],
    ),
    row("", "本年度未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。", &[]),
    row("r.upheld 2", "四：本机关2024年未发生行政复议、行政诉讼。", &["GJ428 本机关2024年未发生行政复议、行政诉讼"]),
    row("r.upheld 2", "未发生行政复议、行政诉讼败诉案件。", &[]),
    // None.
    row("", "2024年，我局未收到政府信息公开申请。", &[]),
    row("received 1", "2024年，我局未收到政府信息公开申请。", &["GJ428 我局未收到政府信息公开申请"]),
    row("received 1", "未收到涉及商业秘密的政府信息公开申请。", &[]),
    row("received 1", "2023年未收到政府信息公开申请。", &[]),
    row("received 1", "县教育局未收到政府信息公开申请。", &[]),
    row("received 1", "未收到网络申请。", &[]),
    // Documents.
    row(
        "disclosure.normative_documents.issued 2, disclosure.normative_documents.in_force 9",
        "主动公开规范性文件5件。",
        &[],
    ),
    row(
        "disclosure.normative_documents.issued 2, disclosure.normative_documents.in_force 9",
        "本年度我局制发行政规范性文件3件，县政府制发规范性文件25件。",
        &["GJ425 3"],
    ),
    row(
        "disclosure.normative_documents.issued 2, disclosure.normative_documents.in_force 9",
        "全年制发规范性文件25件，现行有效行政规范性文件80件。",
        &[],
    ),
    row("disclosure.normative_documents.issued 2", "我局未制定规范性文件。", &["GJ425 我局未制定规范性文件"]),
    row("disclosure.normative_documents.issued 2", "各乡镇未制定规范性文件。", &[]),
    row("disclosure.penalties.decisions 17", "作出行政处罚决定21件，公示行政许可97件。", &[]),
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
    // Disputes, told by who decides; and of other matters.
    row("r.upheld 2, l.upheld 1", "新收政府信息公开行政复议案件36件。", &[]),
    row("r.upheld 2, l.upheld 1", "审查政府信息公开行政复议申请36件。", &[]),
    row("r.upheld 2, l.upheld 1", "全县政府信息公开行政复议案件36件。", &[]),
    row("r.upheld 2, l.upheld 1", "除政府信息公开外，其他行政诉讼5件。", &[]),
    row("r.upheld 2, l.upheld 1", "涉及信息公开、行政处罚等行政复议9件。", &[]),
    row("r.upheld 2, l.upheld 1", "全年行政复议9件，均与政府信息公开无关，行政诉讼5件。", &[]),
    row("r.upheld 2, l.upheld 1", "政府信息公开行政复议上年结转3件，新收行政复议9件。", &[]),
    // Another time.
    row("received 12, carried_in 2, carried_out 1", "《条例》施行以来，收到政府信息公开申请340件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "2020年至2024年，收到政府信息公开申请340件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "专项行动期间，收到政府信息公开申请3件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "机构改革后，收到政府信息公开申请3件。", &[]),
    row("disclosure.normative_documents.issued 2", "任期内，我局制发规范性文件9件。", &[]),
    // A part of the requests.
    row("received 12, carried_in 2, carried_out 1", "收到书面政府信息公开申请5件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "收到公民申请公开政府信息5件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "收到有效政府信息公开申请5件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "土地征收方面，收到政府信息公开申请5件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "各乡镇、各单位收到政府信息公开申请5件，均已办结。", &[]),
    row("received 12, carried_in 2, carried_out 1", "收到政府信息公开申请12件，网上申请5件，均已办结。", &[]),
    row("received 12, carried_in 2, carried_out 1", "本年度网上未收到政府信息公开申请。", &[]),
    row(
        "received 12, carried_in 2, carried_out 1",
        "收到公民、法人和其他组织提出的政府信息公开申请5件。",
        &["GJ421 5"],
    ),
    // Outcomes of other things; with those made public in part; shares of other wholes.
    row("received 12, partly_granted 2, denied 3", "公文保密审查予以公开97件，不予公开20件。", &[]),
    row("received 12, partly_granted 2, denied 3", "人大建议和政协提案予以公开7件，不予公开2件。", &[]),
    row("received 12, partly_granted 2, denied 3", "予以公开（含部分公开）9件，不予公开3件。", &[]),
    row("received 12, partly_granted 2, denied 3", "予以公开9件（含部分公开2件），不予公开3件。", &[]),
    row("received 12, partly_granted 2, denied 3", "予以公开7件，占比较上年提高5%，部分公开2件。", &[]),
    row("received 12, partly_granted 2, denied 3", "予以公开7件，占全县的3%，部分公开2件。", &[]),
    row("received 12, partly_granted 2, denied 3", "收到政府信息公开申请12件，答复公开7件。", &[]),
    row("received 12, partly_granted 2, denied 3", "收到政府信息公开申请12件，已办结7件网上申请。", &[]),
    row(
        "received 9, partly_granted 3, denied 3",
        "予以公开3件（33.4%），部分公开3件（33.3%），不予公开3件（33.3%）。",
        &[],
    ),
    row("received 12, partly_granted 2, denied 3", "予以公开（含部分公开）8件，不予公开3件。", &["GJ422 8"]),
    // Upheld: some of them.
    row("r.upheld 2, r.pending 1", "政府信息公开行政复议3件，审议2件均维持。", &[]),
    row("r.upheld 2, r.pending 1", "政府信息公开行政复议3件，未能均获维持。", &[]),
    // Other dates, this year, documents changed.
    row("", "截至2023年12月31日以前，公开信息36条。", &[]),
    row("", "截至2023年12月31日到期的文件5件。", &[]),
    row("", "2023年，我局制定方案，本年度据此推进公开工作。", &[]),
    row("disclosure.normative_documents.issued 2", "我局制发规范性文件5件、修订3件。", &[]),
    row("", "共发布信息20条，其中：网站15条；公众号10条，部分信息同时发布。", &[]),
    // A verb without an agency is nobody.
    row("received 12, denied 3", "畅通受理渠道，规范办理流程。予以公开8件，不予公开3件。", &["GJ422 8"]),
    row("received 12, denied 3", "畅通受理渠道，规范办理流程。予以公开9件，不予公开3件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "收到政府信息公开申请12件，其中答复公开5件、其他申请7件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "网民留言予以公开7件，不予公开2件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "下属单位收到政府信息公开申请5件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "收到政府信息公开申请12件，信函申请上年结转1件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "收到政府信息公开申请12件，办理信访上年结转1件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "同一事项收到政府信息公开申请5件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "撤回政府信息公开申请上年结转1件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "历史上收到政府信息公开申请340件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "收到法律援助申请35件，公开信息7条，依申请公开指南已更新。", &[]),
    row("received 12, carried_in 2, carried_out 1", "受理工伤认定申请7件，政府信息公开申请另计，收到申请7件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "未收到有效政府信息公开申请。", &[]),
    row("received 12, carried_in 2, carried_out 1", "未收到涉及本局的政府信息公开申请。", &[]),
    row("received 12, carried_in 2, carried_out 1", "收到政府信息公开申请15件（含行政许可类）。", &[]),
    row("received 12, carried_in 2, carried_out 1", "收到政府信息公开申请和咨询15件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "收到政府信息公开申请5人次。", &[]),
    row("received 12, carried_in 2, carried_out 1", "办理上年度结转5件，新收政府信息公开申请12件。", &[]),
    row("received 12, carried_in 2, carried_out 1", "依申请公开方面，收到申请5件。", &["GJ421 5"]),
    row("r.upheld 2, l.upheld 1", "登记政府信息公开行政复议案件36件。", &[]),
    row("r.upheld 2, l.upheld 1", "接收政府信息公开行政诉讼案件36件。", &[]),
    row("r.upheld 2, l.upheld 1", "因政府信息公开和行政许可被申请行政复议9件。", &[]),
    row("r.upheld 2, l.upheld 1", "涉及政府信息公开等行政复议9件。", &[]),
    row("received 12, r.upheld 2, l.upheld 1", "收到政府信息公开申请12件，全年行政复议9件。", &[]),
    row("r.upheld 2, l.upheld 1", "2024年全县行政复议机构审结政府信息公开行政复议案件36件。", &[]),
    row("received 12, partly_granted 2, denied 3", "予以公开7件，占答复公开的80%，部分公开2件。", &[]),
    row("received 12, partly_granted 2, denied 3", "予以公开7件，占比由50%提高到58.3%，部分公开2件。", &[]),
    row("received 12, partly_granted 2, denied 3", "予以公开占多数，不予公开3件，部分公开2件。", &[]),
    row("received 12, partly_granted 2, denied 3", "收到政府信息公开申请12件，答复7件申请。", &["GJ421 7"]),
    row("received 12, partly_granted 2, denied 3", "收到政府信息公开申请12件，已答复信函申请7件。", &[]),
    row("received 12, carried_in 2", "上年结转政府信息公开申请3件。", &["GJ421 3"]),
    row("received 12, carried_in 2", "上年结转3件，收到政府信息公开申请12件。", &[]),
    row("received 12, carried_out 1", "3件结转下年度办理，收到政府信息公开申请12件。", &[]),
    row("received 12, carried_out 1", "收到政府信息公开申请12件，3件结转下年度办理。", &["GJ421 3"]),
    row(
        "received 12, received.business 3, carried_in 2, carried_out 1",
        "收到政府信息公开申请15件，其中书面申请9件，自然人5件。",
        &[],
    ),
    row(
        "received 12, received.business 3, carried_in 2, carried_out 1",
        "土地征收方面政府信息公开申请9件，其中自然人5件。",
        &[],
    ),
    row(
        "received 12, received.business 3, carried_in 2, carried_out 1",
        "各乡镇收到政府信息公开申请9件，其中自然人5件。",
        &[],
    ),
    row(
        "received 12, received.business 3, carried_in 2, carried_out 1",
        "同一事项政府信息公开申请9件，均已办结。",
        &[],
    ),
    row(
        "received 12, received.business 3, carried_in 2, carried_out 1",
        "收到政府信息公开申请15件，涉及土地征收9件，均已办结。",
        &[],
    ),
    row(
        "received 12, received.business 3, carried_in 2, carried_out 1",
        "各类申请15件，均已办结，其中自然人5件。",
        &[],
    ),
    row("r.upheld 2, r.pending 1, l.upheld 1", "未发生因政府信息公开不及时被申请行政复议、提起行政诉讼。", &[]),
    row("r.upheld 2, r.pending 1, l.upheld 1", "政府信息公开行政复议3件，已决的2件，均获维持。", &[]),
    row("r.upheld 2, r.pending 1, l.upheld 1", "代理政府信息公开行政诉讼案件36件。", &[]),
    row("disclosure.normative_documents.issued 2", "我局自2020年以来制发规范性文件9件。", &[]),
    row("disclosure.normative_documents.issued 2", "机构改革后，我局制发规范性文件9件。", &[]),
    row("", "共发布信息20条，其中：网站15条；公众号10条。", &["GJ420 20"]),
    row("", "共收到来信57件（其中：网络32件；信函17件；当面8件），均已答复。", &[]),
    row("", "共收到来信57件（其中：网络32件；信函17件），当面8件。", &[]),
    row("", "共收到来信57件（其中网络32件，信函17件）。", &[]),
    row("", "共收到来信57件（包括网络32件、信函17件等），比上年增加12件。", &[]),
    row("", "（全年共收到来信57件，其中：网络32件；信函17件；当面8件），另有咨询20件。", &[]),
    row("", "共收到来信57件（其中：网络32件；信函17件；当面9件），均已答复。", &["GJ420 57"]),
    row("", "共发布信息57条(包括：网站32条；公众号17条；公告栏9条)。", &["GJ420 57"]),
    row("", "（全年共收到来信57件，其中：网络32件；信函17件；当面9件），另有咨询20件。", &["GJ420 57"]),
    row("", "2023年，县里出台方案，今年我局认真落实。", &[]),
    // Missing numbers.
    row("", "全年主动公开信息  条，公开政务动态36条。", &["GJ430 信息条，"]),
    row("", "通过网站公开政府信息＿＿条，微信公众号发布XX条。", &["GJ430 息＿＿条，", "GJ430 布XX条。"]),
    row("", "主动公开信息条目清晰，严格执行《政府信息公开条例》。", &[]),
    row("", "加强公共件、依申请公开件、信访件的管理。", &[]),
    // Years.
    row("", "2023年，我局认真贯彻落实《条例》，做好公开工作。", &["GJ121 2023"]),
    row("", "2024年，我局认真贯彻落实《条例》。较2023年，公开数量有所增加。", &[]),
    row("", "2023年，县政府印发《实施方案》，我局据此开展工作。2024年继续推进。", &[]),
    row("", "2025年，我局将认真贯彻落实《条例》。", &[]),
    row("", "截至2023年12月31日，共公开信息36条。", &["GJ431 2023"]),
    row("", "截至2023年12月31日，累计公开信息36条。", &[]),
    // Agencies.
    row("", "现将望江县商务局2024年度政府信息公开年度报告公布如下。", &[]),
    row("", "现将怀宁县商务局2024年度政府信息公开年度报告公布如下。", &["GJ432 怀宁县商务局"]),
    row("", "本报告由望江县教育局编制。", &[]),
    row("", "本报告由安庆市望江县商务局根据《条例》编制。", &[]),
    row("", "如对本报告有疑问，请与望江县商务局办公室联系。", &[]),
    county("", "如有疑问，请与望江县数据资源管理局联系。", &[]),
    Row {
        agency: "宿迁市宿豫区发改局", figures: "", text: "本报告由宿豫区发展和改革局编制。", expected: &[]
    },
    Row {
        agency: "望江县长岭镇人民政府",
        figures: "",
        text: "本报告由望江县太慈镇人民政府编制。",
        expected: &["GJ432 望江县太慈镇人民政府"],
    },
    Row {
        agency: "合肥高新技术产业开发区管理委员会",
        figures: "",
        text: "本报告由合肥高新区管委会编制。",
        expected: &[],
    },
];

/// The rows of table three in which shorthands put their number.
const SHORT: [(&str, &str); 4] = [
    ("denied", "denied.internal_affairs"),
    ("unavailable", "unavailable.not_held"),
    ("not_processed", "not_processed.duplicate"),
    ("other_outcome", "other_outcome.other"),
];
const DISPUTES: [(&str, &str); 3] =
    [("r.", "reconsideration"), ("l.", "litigation"), ("a.", "litigation_after_reconsideration")];

/// The figures of a row, completed so that every sum holds: totals are added up, and what is left of the requests was
/// granted. `received 12` is of natural persons; `received.business 3` of businesses; `r.`, `l.`, `a.` are disputes.
fn figures(changes: &str) -> BTreeMap<String, i64> {
    let mut figures = BTreeMap::new();
    for change in changes.split(", ").filter(|change| !change.is_empty()) {
        let (name, number) = change.split_once(' ').expect("a name and a number");
        let number: i64 = number.parse().expect("a number");
        if let Some((group, short)) =
            DISPUTES.iter().find_map(|(short, group)| Some((group, name.strip_prefix(short)?)))
        {
            figures.insert(format!("disputes.{group}.{short}"), number);
            *figures.entry(format!("disputes.{group}.total")).or_default() += number;
            continue;
        }
        if name.starts_with("disclosure.") {
            figures.insert(name.to_owned(), number);
            continue;
        }
        let (row, column) = name.split_once('.').unwrap_or((name, "natural_person"));
        let row = SHORT.iter().find(|(short, _)| *short == row).map_or(row, |(_, whole)| whole);
        put(&mut figures, row, column, number);
    }
    for column in ["natural_person", "business"] {
        let of = |figures: &BTreeMap<String, i64>, row: &str| {
            figures.get(&format!("requests.{row}.{column}")).copied().unwrap_or_default()
        };
        let due = of(&figures, "received") + of(&figures, "carried_in") - of(&figures, "carried_out");
        let others = SHORT.iter().map(|(_, row)| of(&figures, row)).sum::<i64>() + of(&figures, "partly_granted");
        assert!(others <= due, "more outcomes than requests: {changes}");
        put(&mut figures, "granted", column, due - others);
        put(&mut figures, "concluded", column, due);
    }
    figures
}

fn put(figures: &mut BTreeMap<String, i64>, row: &str, column: &str, number: i64) {
    figures.insert(format!("requests.{row}.{column}"), number);
    *figures.entry(format!("requests.{row}.total")).or_default() += number;
}

fn report(row: &Row) -> String {
    let mut blank = Blank::new(pack(), row.agency, 2024);
    for (id, number) in figures(row.figures) {
        let figure = pack().figures.iter().position(|figure| figure.id == id).unwrap_or_else(|| panic!("no {id}"));
        blank.figures[figure] = number.to_string();
    }
    match row.text.strip_prefix("四：") {
        Some(text) => text.clone_into(&mut blank.texts[3]),
        None => blank.texts[0] = format!("{}\n\n{}", row.text, blank.texts[0]),
    }
    blank.markdown()
}

/// What is found in the text.
fn found(report: &str) -> Vec<String> {
    let findings = Checker::default().check("r.md", report.as_bytes()).into_first().report.findings;
    let is_prose = |finding: &&Finding| {
        let in_text = ["prose-table", "missing-number", "prose-sum"].contains(&finding.rule.kind.as_str());
        in_text || ["GJ121", "GJ431", "GJ432"].contains(&finding.rule.code.as_str())
    };
    let told = |finding: &Finding| format!("{} {}", finding.rule.code, finding.found.as_deref().unwrap_or_default());
    findings.iter().filter(is_prose).map(told).collect()
}

/// The rows of which something else is found.
fn failures(rows: &[Row]) -> String {
    let mut failures = String::new();
    for row in rows {
        let found = found(&report(row));
        if found != row.expected {
            failures += &format!("\n{}\n  [{}] {found:?}, not {:?}", row.text, row.figures, row.expected);
        }
    }
    failures
}

#[test]
fn sentences_are_judged_as_a_person_would() {
    let failures = failures(ROWS);
    assert!(failures.is_empty(), "{failures}");
}

/// The sentences of `prose_cases.json`, each by how it begins, with the figures beside it and what is wrong in it.
const REAL: &[(&str, &str, &[&str])] = &[
    ("全市全年备案政府信息依申请公开领域", "r.upheld 170, l.upheld 25, a.upheld 52", &["GJ424 134", "GJ424 57"]),
    (
        "全市全年共收办政府信息公开申请案件3607件",
        "received 3402, received.business 109, carried_in 91, carried_in.business 5, partly_granted 328, denied 142, \
         unavailable 1078, not_processed 406, other_outcome 341, carried_out 121",
        &[],
    ),
    (
        "息公开申请案件3646件",
        "received 3525, carried_in 121, partly_granted 471, denied 92, unavailable 941, not_processed 117, other_outcome 469, \
         carried_out 125",
        &[],
    ),
    (
        "予以公开及部分公开258件",
        "received 805, partly_granted 3, denied 35, unavailable 337, not_processed 158, r.upheld 5, r.pending 2, l.upheld 8, \
         l.pending 1",
        &["GJ422 258", "GJ422 33.9", "GJ422 265", "GJ426 均获维持"],
    ),
    (
        "市政府共受理政府信息公开申请 1295 件",
        "received 1295, carried_in 189, partly_granted 2, denied 20, unavailable 564, not_processed 80, other_outcome 319, \
         carried_out 293",
        &[],
    ),
    (
        "共受理政府信息公开申请 749 件",
        "received 705, received.business 8, carried_in 36, carried_out 31, r.upheld 74",
        &[],
    ),
    (
        "全年收到政府信息公开申请 34 件",
        "received 34, carried_in 2, unavailable 10, denied 2, other_outcome 14, carried_out 1",
        &[],
    ),
    ("2025 年打浦桥街道共受理", "received 19, other_outcome 8", &[]),
    ("2025年，全市共受理政府信息公开申请3259件", "received 3259, carried_in 77, carried_out 58", &[]),
    ("2025年受理信息公开申请10件", "received 10, carried_in 1", &[]),
    ("全年共审核发布各类公开政府信息249条", "", &[]),
    ("平台公开发布信息共计 109 条", "", &[]),
    (
        "2024年，全市共受理政府信息公开申请3119件",
        "received 3119, carried_in 34, carried_out 103, r.upheld 72, r.corrected 64, r.other 178, r.pending 37, l.upheld 13, \
         l.corrected 4, l.other 8, l.pending 1, a.upheld 12, a.corrected 1, a.other 1, a.pending 6",
        &[],
    ),
    ("2024年，区政府办代表区政府受理", "received 95", &[]),
    ("2023年全区受理政府信息公开申请21件", "received 21", &[]),
];

/// The real sentences, where they are at hand.
#[test]
fn real_sentences_are_judged_as_they_were() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reports/prose_cases.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not here", path.display());
        return;
    };
    let cases: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let cases = cases.as_array().expect("a list");
    assert_eq!(cases.len(), REAL.len(), "a sentence without a verdict");
    let mut failures = String::new();
    for (case, (start, figures, expected)) in cases.iter().zip(REAL) {
        let text = case["text"].as_str().expect("a text");
        assert!(text.starts_with(start), "{text} is not {start}");
        let year = ["2025", "2023"].into_iter().find(|year| text.starts_with(year)).unwrap_or("2024");
        for agency in ["宿迁市人民政府", "上海市人民政府办公厅", "望江县商务局", "打浦桥街道办事处"]
        {
            let row = Row { agency, figures, text: "", expected };
            let report = report(&row).replace("2024", year).replacen("（一）主动", &format!("{text}\n\n（一）主动"), 1);
            let found = found(&report);
            // What is said of a whole city is a government's to say.
            let is_silent = found.is_empty() && text.contains("全市") && !agency.ends_with("政府");
            if found != *expected && !is_silent {
                failures += &format!("\n{agency}: {text}\n  [{figures}] {found:?}, not {expected:?}");
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// What is found about titles and years in a report of 2024 of `BUREAU` with some text changed.
fn found_about_titles(change: impl Fn(String) -> String) -> Vec<String> {
    let report = change(Blank::new(pack(), BUREAU, 2024).markdown());
    let findings = Checker::default().check("r.md", report.as_bytes()).into_first().report.findings;
    let codes = findings.iter().map(|finding| finding.rule.code.as_str().to_owned());
    codes.filter(|code| ["GJ119", "GJ120", "GJ121", "GJ122"].contains(&code.as_str())).collect()
}

#[test]
fn a_whole_year_is_the_report_s_only_where_it_is_said_to_be() {
    let with =
        |text: &str| found_about_titles(|report| report.replacen("（一）主动", &format!("{text}\n\n（一）主动"), 1));
    let innocent = [
        "对2022年1月1日至2022年12月31日制发的文件开展后评估。",
        "上年（2022年1月1日至2022年12月31日）收到申请7件。",
        "2026年1月1日至2026年12月31日将继续推进。",
    ];
    for text in innocent {
        assert!(with(text).is_empty(), "{text}");
    }
    let wrong = [
        "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        "报告期为2023年1月1日至2023年12月31日。",
        "（2023年1月1日至2023年12月31日）",
    ];
    for text in wrong {
        assert_eq!(with(text), ["GJ120"], "{text}");
    }
}

#[test]
fn links_and_other_papers_are_no_titles() {
    let with = |lines: &str| found_about_titles(|report| report.replacen("## 一、", &format!("{lines}\n\n## 一、"), 1));
    let innocent = [
        "上一篇：怀宁县商务局2023年政府信息公开工作年度报告",
        "下一篇：怀宁县教育局2024年政府信息公开工作年度报告",
        "根据《关于做好2023年政府信息公开工作年度报告》",
        "望江县人民政府\n\n望江县商务局2024年政府信息公开工作年度报告",
        "首页\n\n望江县商务局2024年政府信息公开工作年度报告",
    ];
    for lines in innocent {
        assert!(with(lines).is_empty(), "{lines}: {:?}", with(lines));
    }
    assert_eq!(with("怀宁县商务局2024年政府信息公开工作年度报告"), ["GJ122"]);
    assert_eq!(with("怀宁县\n\n教育局2024年政府信息公开工作年度报告"), ["GJ122"]);
}
