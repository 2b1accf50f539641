//! Names of places and of their agencies. Made ones; that some are names of real places is chance.

/// So many places have different names.
pub const PLACES: usize = FIRST.len() * SECOND.len() * KINDS.len();

const FIRST: [&str; 48] = [
    "青", "望", "云", "宝", "临", "南", "洪", "安", "平", "永", "长", "新", "东", "西", "北", "金", "银", "沅", "白",
    "清", "海", "泰", "嘉", "延", "丰", "广", "怀", "定", "昌", "福", "松", "柏", "梅", "兰", "枫", "桐", "桃", "杏",
    "雁", "鹤", "龙", "凤", "玉", "珠", "星", "月", "虹", "霞",
];

const SECOND: [&str; 44] = [
    "岚", "江", "溪", "川", "泉", "浔", "泽", "阳", "山", "河", "原", "陵", "宁", "和", "康", "源", "岭", "峰", "湖",
    "浦", "港", "湾", "屏", "坪", "沙", "滩", "石", "林", "田", "城", "门", "关", "桥", "渡", "塘", "井", "台", "亭",
    "谷", "岩", "洲", "水", "岗", "坡",
];

const KINDS: [&str; 3] = ["县", "市", "区"];

/// The name of a place; beyond [`PLACES`] they come again.
pub fn place(index: usize) -> String {
    // Steps without a common divisor, so that neighbours in an archive do not look alike.
    let first = FIRST[index * 7 % FIRST.len()];
    let second = SECOND[(index * 13 + index / FIRST.len() * 5) % SECOND.len()];
    format!("{first}{second}{}", KINDS[kind(index)])
}

/// Whether a place may make regulations: cities do.
pub fn makes_regulations(index: usize) -> bool {
    KINDS[kind(index)] == "市"
}

fn kind(index: usize) -> usize {
    // Neighbours differ, and where the rest of a name comes again, so do those.
    (index + index / (FIRST.len() * SECOND.len())) % KINDS.len()
}

/// An office by the end of its name, and what it works on.
pub struct Office {
    pub name: &'static str,
    /// What it was called before it was renamed.
    pub former: &'static str,
    pub work: [&'static str; 4],
}

const fn office(name: &'static str, former: &'static str, work: [&'static str; 4]) -> Office {
    Office { name, former, work }
}

pub const OFFICES: [Office; 30] = [
    office("商务局", "商务和口岸管理局", ["招商引资", "电子商务", "内外贸易", "成品油流通"]),
    office("教育体育局", "教育文体局", ["招生入学", "校外培训治理", "体育设施建设", "教师招聘"]),
    office("水利局", "水务局", ["河湖管护", "农村饮水安全", "水旱灾害防御", "取水许可"]),
    office("市场监督管理局", "工商行政管理局", ["食品抽检", "特种设备安全", "价格监管", "信用监管"]),
    office("卫生健康委员会", "卫生和计划生育委员会", ["疾病预防控制", "医疗服务监管", "基层卫生", "托育服务"]),
    office("发展和改革委员会", "发展改革和物价委员会", ["重大项目", "收费目录", "节能审查", "公共资源配置"]),
    office("工业和信息化局", "经济和信息化局", ["惠企政策", "技术改造", "专精特新企业培育", "数字化转型"]),
    office("民政局", "民政事务局", ["社会救助", "养老服务", "殡葬管理", "社会组织登记"]),
    office("司法局", "法制事务局", ["公共法律服务", "人民调解", "行政执法监督", "法律援助"]),
    office("财政局", "财政税务局", ["预算决算", "政府采购", "直达资金", "惠民惠农补贴"]),
    office("人力资源和社会保障局", "人事劳动和社会保障局", ["就业创业", "社会保险", "事业单位招聘", "劳动监察"]),
    office("自然资源和规划局", "国土资源局", ["土地征收", "规划许可", "不动产登记", "矿产资源管理"]),
    office("生态环境局", "环境保护局", ["空气质量", "建设项目环评", "排污许可", "环境执法"]),
    office("住房和城乡建设局", "住房和城乡规划建设局", ["保障性住房", "房屋征收", "老旧小区改造", "工程质量监督"]),
    office("交通运输局", "交通局", ["农村公路", "客货运输管理", "路政执法", "公交线路调整"]),
    office("农业农村局", "农业和农村工作局", ["高标准农田", "农机补贴", "动物防疫", "宅基地管理"]),
    office("文化和旅游局", "文化广电新闻出版局", ["公共文化服务", "文物保护", "旅游市场监管", "非遗传承"]),
    office("退役军人事务局", "退役军人服务管理局", ["优抚对象待遇", "就业安置", "烈士褒扬", "双拥共建"]),
    office("应急管理局", "安全生产监督管理局", ["安全生产执法", "防灾减灾救灾", "危险化学品监管", "应急演练"]),
    office("审计局", "审计监督局", ["预算执行审计", "经济责任审计", "专项资金审计", "审计整改"]),
    office("统计局", "统计信息局", ["统计数据发布", "人口抽样调查", "经济普查", "统计执法"]),
    office("医疗保障局", "医疗保险管理局", ["医保待遇", "药品集中采购", "基金监管", "参保缴费"]),
    office("林业局", "林业和草原管理局", ["森林防火", "林木采伐", "自然保护地管理", "湿地修复"]),
    office("城市管理局", "城市管理综合执法局", ["市容环境", "违法建设治理", "垃圾分类", "停车管理"]),
    office("行政审批服务局", "政务服务管理办公室", ["一件事一次办", "审批事项清单", "帮办代办", "中介服务超市"]),
    office("科学技术局", "科技和知识产权局", ["科技计划项目", "高新技术企业认定", "科普服务", "人才引进"]),
    office("民族宗教事务局", "民族宗教局", ["民族团结进步", "宗教活动场所管理", "少数民族发展资金", "清真食品监管"]),
    office("粮食和物资储备局", "粮食局", ["粮食收购", "储备粮管理", "应急物资", "粮油质量"]),
    office("乡村振兴局", "扶贫开发局", ["衔接资金", "防返贫监测", "项目库建设", "雨露计划"]),
    office("公安局", "公安分局", ["户籍办理", "交通管理", "出入境服务", "治安防控"]),
];

/// The government's own office, and what it works on.
pub const OWN_OFFICE: Office =
    office("人民政府办公室", "人民政府综合办公室", ["重点领域信息", "政策解读", "会议公开", "规范性文件管理"]);

/// Offices that no list of agencies has.
pub const UNLISTED: [Office; 4] = [
    office("供销合作社联合社", "", ["农资供应", "社有企业管理", "基层社改造", "再生资源回收"]),
    office("投资促进中心", "", ["招商项目", "客商服务", "园区推介", "展会组织"]),
    office("地震局", "", ["震情监测", "抗震设防", "科普宣传", "应急避难场所"]),
    office("大数据发展中心", "", ["数据共享", "平台建设", "数字政府", "数据开放"]),
];

/// A township by its number within the place; its first character differs from the place's where there are few.
pub fn township(index: usize) -> String {
    let first = FIRST[(index * 11 + 4) % FIRST.len()];
    let second = SECOND[(index * 17 + 9 + index / FIRST.len()) % SECOND.len()];
    format!("{first}{second}{}人民政府", if index % 3 == 2 { "乡" } else { "镇" })
}

pub const TOWNSHIP_WORK: [&str; 4] = ["村务财务", "惠农补贴", "乡村建设", "社会救助"];
