// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The libianaport authors

#[allow(non_camel_case_types, non_upper_case_globals, dead_code)]
mod ianaport {
    include!(env!("BINDINGS"));
}
use ianaport::*;
use std::ffi::{CStr, CString};
use std::ptr::null;

fn main() {
    let https = CString::new("https").unwrap();
    let any = IANA_PROTO_ANY as i32;
    unsafe {
        let mut s: iana_service = std::mem::zeroed();
        let port = iana_port_of(null(), https.as_ptr(), any);
        let count = iana_services_on(null(), port, 6, &mut s, 1);
        let status = iana_port_status(null(), port, 6);
        println!("{} {} {} {} {}", port, count,
                 CStr::from_ptr(s.name).to_str().unwrap(), s.last_port,
                 status == iana_status_IANA_STATUS_ASSIGNED);
    }
}
