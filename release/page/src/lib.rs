//! The program as WebAssembly: the page's one function, handed out as plain numbers.
//!
//! Whoever calls owns nothing that she hands over: `call` takes both stretches of memory, which
//! `alloc` gave, and gives back one that `free` takes: four bytes of length (little end first), then
//! the answer. What is read and written is a [parcel](wengao::door::call).

use wengao::door;

/// Bytes before an answer that say how long it is.
const LENGTH: usize = 4;

/// Memory of this length, for the caller to fill.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(length: usize) -> *mut u8 {
    leaked(vec![0; length])
}

/// Answers a call of the page.
///
/// # Safety
/// Both stretches must be whole ones that [`alloc`] gave; they are not the caller's any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn call(route: *mut u8, route_length: usize, body: *mut u8, body_length: usize) -> *mut u8 {
    // SAFETY: as the caller promised.
    let (route, body) = unsafe { (owned(route, route_length), owned(body, body_length)) };
    let answer = door::call(&String::from_utf8_lossy(&route), &body, None);
    drop(body);
    let mut out = Vec::with_capacity(LENGTH + answer.len());
    out.extend(u32::try_from(answer.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(answer);
    leaked(out)
}

/// Takes memory back.
///
/// # Safety
/// It must be a whole stretch that [`alloc`] or [`call`] gave, of this length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn free(at: *mut u8, length: usize) {
    // SAFETY: as the caller promised.
    drop(unsafe { owned(at, length) });
}

fn leaked(bytes: Vec<u8>) -> *mut u8 {
    Box::into_raw(bytes.into_boxed_slice()).cast()
}

unsafe fn owned(at: *mut u8, length: usize) -> Box<[u8]> {
    // SAFETY: it was leaked as a boxed slice of this length.
    unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(at, length)) }
}
