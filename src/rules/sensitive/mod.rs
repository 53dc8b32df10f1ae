//! `sensitive` (涉密与隐私): what must not go out with a paper.
//!
//! | file | finds |
//! |---|---|
//! | `marks` | 秘密★1年, 密级：机密; （内部使用，阅后销毁）, 内部资料 注意保存 |
//! | `numbers` | numbers of identity cards, mobile telephones and bank cards |
//! | `carried` | names, hidden text and paths that a .docx carries besides its text |
//!
//! What is found of the second kind is `private`: the message, and every report, quotes it veiled.

mod carried;
mod examples;
mod marks;
mod numbers;

use std::ops::Range;

use super::{About, Authority, Case, Reads, Rule};
use crate::base::Text;
use crate::model::{Finding, Severity};

/// The rule.
pub struct Sensitive;

static ABOUT: About = About {
    id: "sensitive",
    title: Text::fixed("涉密与隐私", "secrets and private numbers"),
    severity: Severity::Warning,
    authority: Authority::Practice,
    reads: Reads::Folded,
    why: Text::fixed(
        "文稿一印发、一上网就收不回来。《中华人民共和国保守国家秘密法》不许在联网的电脑上处理国家秘密，《中华人民共和国个人信息保护法》\
         不许随意公开个人信息。本规则指出：密级标志（“秘密★1年”“密级：机密”）；校验位正确的身份证号码、个人手机号码、银行卡号；\
         “内部使用，阅后销毁”“请勿外传”一类字样。号码在报告里只显示前三位和后两位。座机、热线、统一社会信用代码、文号、已经遮去几位的\
         号码，讲保密工作、商业秘密、内部管理的话，不指出。\n\
         .docx 还看随文件带出去的：没有定下来的修订、批注和署的名，隐藏文字，文件属性里的作者、最后保存者、单位，指向本机路径的链接、\
         图片、模板；每种一条，名字只显示第一个字。“Administrator”“微软用户”“WPS_123”一类不是人名的，本程序自己的批注，不指出；WPS 账号\
         的编号多数文件都有，只作提示。",
        "What has been issued or put on a site cannot be taken back. By the law on state secrets \
         (保守国家秘密法) none is handled on a computer with a network, and by that on personal information \
         (个人信息保护法) none is published at will. The rule flags grades of secrecy (秘密★1年, 密级：机密), \
         numbers of identity cards and bank cards whose check digit is right, mobile telephone numbers, and notes \
         such as 内部使用，阅后销毁 or 请勿外传. Reports show the first three and the last two digits of a number. \
         Lines of offices, hotlines, credit codes, numbers of papers, what is starred already, and sentences that \
         speak of secrecy or of rules for it are left alone.\n\
         Of a .docx it also tells what goes out with the file: undecided tracked changes and comments with their \
         authors, hidden text, the author, the last editor and the company in its properties, links, pictures and \
         templates that lead to a path of somebody's disk; one finding a kind, a name by its first sign. Names that \
         are nobody's (Administrator, WPS_123) and the program's own comments are left alone; the number of a WPS \
         account, which most files have, is a hint.",
    ),
    examples: examples::EXAMPLES,
};

/// What must not go out, in bytes of the folded text.
struct Hit {
    range: Range<usize>,
    message: Text,
    help: Text,
    /// Whether it is a number that is not to be repeated.
    private: bool,
    severity: Severity,
}

impl Rule for Sensitive {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let mut hits = numbers::find(case.folded().text());
        hits.extend(marks::find(case));
        hits.extend(carried::find(case.manuscript, case.folded()));
        let told =
            |h: Hit| ABOUT.finding(h.range, h.message).help(h.help).private(h.private).severity(h.severity);
        hits.into_iter().map(told).collect()
    }
}
