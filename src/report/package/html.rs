//! stub
pub fn html(_: &super::Package, _: crate::base::Lang) -> Vec<u8> { Vec::new() }
