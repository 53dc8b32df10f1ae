//! Floor 6: the editor's door: the Language Server Protocol over two streams.
//!
//! What is found is shown while it is written: findings in documents (.txt, .md), faults in facts,
//! settings and skeletons, what a finding or a fact means, keys and ids to complete. What an editor has
//! open counts in the place of what is on the disk, and nothing is written: changes are sent to the
//! editor, which makes them or not.
//!
//! Three threads: one listens, one checks, and this one answers, so that an answer never waits for a
//! check. A check begins when nothing has been typed for a moment, one at a time, and its outcome counts
//! only for the text that it was made of. One that breaks off is told to the editor, and the next one is
//! made. Framing and the envelope are `lsp-server`'s; the objects inside
//! are few and written out as JSON.
//!
//! | file | what |
//! |---|---|
//! | `session` | the conversation: what is open, what has been found |
//! | `desk` | one open text, what kind it is, places in it |
//! | `look` | checking one of them |
//! | `found` | findings and faults as an editor shows them |
//! | `actions` | what can be done about a finding |
//! | `hover` | what stands under the pointer |
//! | `complete`, `fields` | what may be typed next, and which key, fact or phrase stands at a place |
//! | `uri`, `ways` | names of files as editors write them, and how this one is spoken to |
//!
//! A line ends at LF, as everywhere in the program; a CR alone ends none.

mod actions;
mod complete;
mod desk;
mod fields;
mod found;
mod hover;
mod look;
mod session;
mod uri;
mod ways;

use std::any::Any;
use std::io::{self, BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::thread;

use lsp_server::Message;

use self::look::{Job, Looked, look};
use self::session::Session;
use crate::app::{Office, Overlay};
use crate::corpus::Held;

/// Whom the door is for.
pub struct Door<'a> {
    /// The office, with the files below what the editor has open.
    pub office: Office,
    /// What documents are held against.
    pub corpus: Option<&'a Held>,
    /// Whether the editor's language is spoken; else the office's.
    pub heeds_locale: bool,
}

/// What there is to attend to.
enum Event {
    Said(Message),
    Looked(Looked),
    /// A check broke off.
    Fell {
        uri: String,
        name: String,
        reason: String,
    },
    /// The editor is gone.
    Gone,
}

/// Serves until the editor says `exit` or is gone; whether it took its leave as it should (`shutdown`
/// first).
///
/// # Errors
/// If what is said to the editor cannot be written.
pub fn serve(door: Door<'_>, reader: impl BufRead + Send, writer: &mut dyn Write) -> io::Result<bool> {
    let overlay = Arc::new(Overlay::over(Arc::clone(&door.office.files)));
    let office = Office { files: overlay.clone(), ..door.office };
    let corpus = door.corpus;
    let (tell, events) = mpsc::channel();
    let (order, jobs) = mpsc::channel::<Job>();
    let looked = tell.clone();
    thread::scope(|scope| {
        scope.spawn(move || listen(reader, &tell));
        scope.spawn(move || {
            for job in jobs {
                let (uri, name) = (job.uri.clone(), job.name.clone());
                // What a check stumbles over is that check's alone; nothing of it is kept.
                let event = match catch_unwind(AssertUnwindSafe(|| look(job, corpus))) {
                    Ok(seen) => Event::Looked(seen),
                    Err(reason) => Event::Fell { uri, name, reason: words(&*reason) },
                };
                // Nobody waits for it when the session has ended.
                let _ = looked.send(event);
            }
        });
        Session::new(office, overlay, door.heeds_locale, order, writer).run(&events)
    })
}

/// What somebody said who gave up.
fn words(reason: &(dyn Any + Send)) -> String {
    let fixed = reason.downcast_ref::<&str>().map(|words| (*words).to_owned());
    fixed.or_else(|| reason.downcast_ref().cloned()).unwrap_or_default()
}

/// Hands over what the editor says, to the end; after `exit` nothing is waited for.
fn listen(mut reader: impl BufRead, tell: &mpsc::Sender<Event>) {
    while let Ok(Some(message)) = Message::read(&mut reader) {
        let last = matches!(&message, Message::Notification(n) if n.method == "exit");
        if tell.send(Event::Said(message)).is_err() || last {
            return;
        }
    }
    let _ = tell.send(Event::Gone);
}

#[cfg(test)]
mod tests;
