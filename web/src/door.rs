//! What JavaScript sees of the module: memory to put a request into, the call, and what a panic said. Five functions are less
//! than a generator of bindings brings along, which would have to be installed in its exact version wherever the page is
//! made. This is the only file with `unsafe`: a function that another language calls by name is one, and so is a
//! place in memory that it hands over.

#![allow(unsafe_code, reason = "the boundary between two languages")]

use std::cell::RefCell;
use std::panic::set_hook;

use crate::answer;

thread_local! {
    /// The last reply, until the next one.
    static REPLY: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    /// What the panic said that ended this instance.
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Begins to keep what a panic says.
#[unsafe(no_mangle)]
pub extern "C" fn begin() {
    set_hook(Box::new(|panic| {
        let text = panic.payload().downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.payload().downcast_ref::<&str>().copied()).unwrap_or("panic");
        PANIC.with_borrow_mut(|kept| text.clone_into(kept));
    }));
}

/// Memory for a request.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Answers the request of so many bytes in the memory that [`room`] gave for just as many, which is gone then. Gives back
/// how long the reply is.
///
/// # Safety
/// The memory must come from [`room`], for the same length, and be used for one call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn call(request: *mut u8, length: usize) -> usize {
    // SAFETY: by the contract above, this is the boxed slice that `room` has let go of.
    let request = unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(request, length)) };
    let reply = answer(&request);
    let length = reply.len();
    REPLY.set(reply);
    length
}

/// Where the reply is.
#[unsafe(no_mangle)]
pub extern "C" fn reply() -> *const u8 {
    REPLY.with_borrow(|reply| reply.as_ptr())
}

/// How long what the panic said is, in UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn panic_length() -> usize {
    PANIC.with_borrow(String::len)
}

/// Where it is.
#[unsafe(no_mangle)]
pub extern "C" fn panic_text() -> *const u8 {
    PANIC.with_borrow(|text| text.as_ptr())
}
