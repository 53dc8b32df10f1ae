//! Papers laid out, looked at as XML.
