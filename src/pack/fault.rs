//! The faults that the checks themselves look for, whatever the form.

macro_rules! faults {
    ($($fault:ident = $name:literal,)*) => {
        /// The faults that the checks themselves look for, whatever the form. Each has its rule in `rules/core.toml`, which
        /// holds its words, code and severity.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Fault { $($fault,)* }

        impl Fault {
            /// Every fault with the name of its rule, in the order of the enum.
            pub const ALL: &[(Self, &'static str)] = &[$((Self::$fault, $name),)*];
        }
    };
}

faults! {
    Unreadable = "unreadable",
    UnknownForm = "unknown-form",
    UndecodableBytes = "undecodable-bytes",
    WrongFormVersion = "wrong-form-version",
    HiddenCells = "hidden-cells",
    BesideReports = "beside-reports",
    UnreadSheets = "unread-sheets",
    MissingSection = "missing-section",
    MisplacedSection = "misplaced-section",
    EmptySection = "empty-section",
    MisnumberedSection = "misnumbered-section",
    MissingTitle = "missing-title",
    WrongYear = "wrong-year",
    YearLeftOver = "year-left-over",
    WrongOrganization = "wrong-organization",
    MissingTable = "missing-table",
    MissingRow = "missing-row",
    MissingColumn = "missing-column",
    UnexpectedRow = "unexpected-row",
    MisplacedRow = "misplaced-row",
    OneRowGroup = "one-row-group",
    NamelessColumns = "nameless-columns",
    BlankCell = "blank-cell",
    MissingCell = "missing-cell",
    NotACount = "not-a-count",
    UncomputedFormula = "uncomputed-formula",
    OtherUnit = "foreign-unit",
    UntidyFigure = "untidy-figure",
    AllFiguresAreZero = "all-figures-are-zero",
    NothingFilledIn = "nothing-filled-in",
    WrongFigure = "wrong-figure",
    BrokenSum = "broken-sum",
    YearInFileName = "year-in-file-name",
    OrganizationInFileName = "organization-in-file-name",
    GapInSeries = "gap-in-series",
    SameFiguresAsLastYear = "same-figures-as-last-year",
    SameTextAsLastYear = "same-text-as-last-year",
    LastYearInTextDiffers = "last-year-in-text-differs",
    MissingReport = "missing-report",
    DuplicateReport = "duplicate-report",
    AgencyNotOnList = "organ-not-on-list",
    SameFiguresAsAnotherAgency = "same-figures-as-another-organ",
    CopiedText = "copied-text",
    UnusedWaiver = "unused-waiver",
    UnusedOverride = "unused-override",
    StaleBaselineEntry = "stale-baseline-entry",
}
