//! What rules ask of a text (读稿): how it is numbered, on which day it speaks, whether a sentence
//! plans or remembers, which places it names and which of them is its own.
//!
//! Nothing here finds fault. What is asked more than once is found once and kept in
//! [`Case`](super::Case); what other rooms ask as well (clauses, figures, fixed words) is in `base`.
//!
//! | module | what |
//! |---|---|
//! | `outline` | the ordinals of a document (层次), and the runs that they form |
//! | `day` | the day on which it speaks (成文日期) |
//! | `cue` | whether a sentence plans, reports or remembers (时态) |
//! | `places` | the places that it names (地名), and its own locality (本地) |
//! | `quote` | quotations and titles (引文、书名), in which somebody else speaks |
//! | `counted` | what a figure counts (所计) |
//! | `told` | what each figure is of: its name, its time, its part (数之所指) |
//! | `paper` | papers and the meeting that it names (文件、会议) |
//! | `yearly` | what belongs to its year: figures, days, sessions (随年变化的写法) |
//! | `sentences` | sentences that are somebody's own (句) |
//! | `five_years` | five-year plans and their years (五年规划) |
//! | `formulas` | set phrases with their members (固定提法) |
//! | `letters` | where letters are a word of its own, or were broken (断行) |
//! | `verbatim` | what must stand as it stands (原样): addresses, code, keys and values |
//! | `voice` | of two rules that saw one slip, the one that tells it (一处一报) |
//! | `margin` | what stands beside the text (页眉、页脚、脚注) |
//! | `anchors` | patterns of a lexicon that are compiled where a line may match them (锚词) |

pub(super) mod anchors;
pub mod counted;
pub(super) mod cue;
pub(super) mod dated;
pub(super) mod day;
pub(super) mod five_years;
pub(super) mod formulas;
pub(super) mod letters;
pub(super) mod margin;
pub(super) mod outline;
pub mod paper;
pub(super) mod places;
pub(super) mod quote;
pub(super) mod sentences;
pub(super) mod told;
pub(super) mod verbatim;
pub(super) mod voice;
pub mod yearly;
