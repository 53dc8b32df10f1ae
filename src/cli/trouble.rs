//! Why a file or folder cannot be read, in words for whoever named it.

use std::io;

use crate::base::{Place, Problem, Text, error::reason};

/// A file as the place of a problem.
pub(super) fn file(path: &str) -> Place {
    Place::File(path.into())
}

/// What the operating system said when the file was to be read.
pub(super) fn cannot_read(path: &str, error: &io::Error) -> Problem {
    let why = reason(error);
    let problem =
        Problem::new(Text::new(format!("读不了，{}", why.zh), format!("cannot be read: {}", why.en)))
            .at(file(path));
    match error.kind() {
        io::ErrorKind::NotFound => problem.help(Text::fixed(
            "检查文件名和所在文件夹；名字里有空格时要加引号",
            "check the name and the folder; put quotes round a name with spaces",
        )),
        io::ErrorKind::PermissionDenied => problem.help(Text::fixed(
            "请有权限的人开放读取，或复制一份到自己的文件夹",
            "ask whoever owns it to let you read it, or have it copied to a folder of yours",
        )),
        _ => problem,
    }
}

/// Why a pipe, a device or a socket was not opened: whoever opens one may wait for ever.
pub(super) fn no_file() -> Problem {
    Problem::new(Text::fixed(
        "是管道、设备或套接字，不是文件，没有打开",
        "a pipe, device or socket and no file; it was not opened",
    ))
    .help(Text::fixed("要查管道里来的文字，写 - 从标准输入读", "use - to check what comes through a pipe"))
}

/// A link whose target is missing or cannot be reached.
pub(super) fn broken_link(error: &io::Error) -> Problem {
    let why = reason(error);
    Problem::new(Text::new(
        format!("是链接，指向的文件读不了，{}", why.zh),
        format!("a link whose target cannot be read: {}", why.en),
    ))
    .help(Text::fixed(
        "删掉链接，或让它指向现有的文件",
        "remove the link, or let it lead to a file that exists",
    ))
}
