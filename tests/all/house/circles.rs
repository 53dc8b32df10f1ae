//! Circles of files: a file may be read, moved and tested without those that use it only where no
//! chain of names leads from it back to itself.
//!
//! The sources are parsed, not searched: every path of the code (what a `use` imports, what an
//! expression, a type or an `impl` names, what stands inside a macro) is followed through imports and
//! re-exports to the file that defines its last name. Left out are tests, and what a module says of
//! the files of its own folder: it is their door, and a table like `RULES` names what stands behind
//! it. Calls of methods name no path and are not seen; their type mostly is.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use super::{files, source};

/// A module by the names on the way to it; the crate itself is empty.
type Module = Vec<String>;

/// What a module holds.
#[derive(Default)]
struct Holds {
    /// The file in which it is written.
    file: String,
    /// What it defines, modules left out.
    items: BTreeSet<String>,
    /// What it imports or hands on under a name, by the path.
    uses: BTreeMap<String, Vec<String>>,
    /// The paths before `::*`.
    globs: Vec<Vec<String>>,
    /// All other paths of its code.
    paths: BTreeSet<Vec<String>>,
}

type Crate = BTreeMap<Module, Holds>;

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|a| {
        let syn::Meta::List(list) = &a.meta else { return false };
        list.path.is_ident("cfg") && list.tokens.to_string() == "test"
    })
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    use syn::Item;
    match item {
        Item::Const(i) => &i.attrs,
        Item::Enum(i) => &i.attrs,
        Item::Fn(i) => &i.attrs,
        Item::Impl(i) => &i.attrs,
        Item::Macro(i) => &i.attrs,
        Item::Mod(i) => &i.attrs,
        Item::Static(i) => &i.attrs,
        Item::Struct(i) => &i.attrs,
        Item::Trait(i) => &i.attrs,
        Item::Type(i) => &i.attrs,
        Item::Use(i) => &i.attrs,
        _ => &[],
    }
}

fn name(item: &syn::Item) -> Option<String> {
    use syn::Item;
    let ident = match item {
        Item::Const(i) => &i.ident,
        Item::Enum(i) => &i.ident,
        Item::Fn(i) => &i.sig.ident,
        Item::Macro(i) => i.ident.as_ref()?,
        Item::Static(i) => &i.ident,
        Item::Struct(i) => &i.ident,
        Item::Trait(i) => &i.ident,
        Item::Type(i) => &i.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

/// Collects the paths of one file, module by module.
struct Reader<'a> {
    all: &'a mut Crate,
    here: Module,
}

impl Reader<'_> {
    fn holds(&mut self) -> &mut Holds {
        self.all.entry(self.here.clone()).or_default()
    }

    fn import(&mut self, tree: &syn::UseTree, mut before: Vec<String>) {
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.import(&path.tree, before);
            }
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.import(tree, before.clone()));
            }
            syn::UseTree::Glob(_) => self.holds().globs.push(before),
            syn::UseTree::Name(last) => {
                // `use a::{self}` is a under its own name.
                if last.ident != "self" {
                    before.push(last.ident.to_string());
                }
                let Some(name) = before.last().cloned() else { return };
                self.holds().uses.insert(name, before);
            }
            syn::UseTree::Rename(last) => {
                if last.ident != "self" {
                    before.push(last.ident.to_string());
                }
                self.holds().uses.insert(last.rename.to_string(), before);
            }
        }
    }

    /// The paths that stand in what a macro is given.
    fn tokens(&mut self, stream: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in stream {
            match token {
                TokenTree::Ident(word) => {
                    if colons != 2 {
                        path.clear();
                    }
                    path.push(word.to_string());
                    colons = 0;
                    self.holds().paths.insert(path.clone());
                    continue;
                }
                TokenTree::Punct(sign) if sign.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.tokens(group.stream());
                    path.clear();
                }
                _ => path.clear(),
            }
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if is_test(attributes(item)) {
            return;
        }
        if let Some(name) = name(item) {
            self.holds().items.insert(name);
        }
        visit::visit_item(self, item);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if let Some((_, items)) = &module.content {
            let file = self.holds().file.clone();
            self.here.push(module.ident.to_string());
            self.holds().file = file;
            items.iter().for_each(|item| self.visit_item(item));
            self.here.pop();
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.import(&item.tree, Vec::new());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.holds().paths.insert(path.segments.iter().map(|s| s.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.tokens(call.tokens.clone());
    }
}

/// The module that a file of src is.
fn module(file: &str) -> Module {
    let mut names: Module = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if names.last().is_some_and(|n| n == "mod" || n == "lib") {
        names.pop();
    }
    names
}

/// The sources as modules; `main.rs` is a crate of its own and uses the library from outside.
fn read() -> Crate {
    let mut all = Crate::new();
    let mut tests = Vec::new();
    for (path, text) in files(&source()) {
        let inside = path.strip_prefix(source()).unwrap().to_str().unwrap().replace('\\', "/");
        if inside == "main.rs" {
            continue;
        }
        let parsed = syn::parse_file(&text).unwrap_or_else(|e| panic!("{inside}: {e}"));
        let here = module(&inside);
        for item in &parsed.items {
            if let syn::Item::Mod(child) = item
                && is_test(&child.attrs)
            {
                tests.push([here.clone(), vec![child.ident.to_string()]].concat());
            }
        }
        let mut reader = Reader { all: &mut all, here };
        reader.holds().file = inside;
        parsed.items.iter().for_each(|item| reader.visit_item(item));
    }
    all.retain(|module, _| !tests.iter().any(|t| module.starts_with(t)));
    all
}

/// The file that defines what a path names, seen from a module, with its name; nothing for what is
/// no part of the crate, is a module itself, or is defined nowhere.
fn target(all: &Crate, from: &Module, path: &[String], depth: usize) -> Option<(String, String)> {
    if depth > 12 {
        return None;
    }
    let mut here = match path.first()?.as_str() {
        "crate" => Module::new(),
        "self" => from.clone(),
        "super" => from[..from.len().checked_sub(1)?].to_vec(),
        _ => return within(all, from, path, depth, true),
    };
    let mut rest = &path[1..];
    while let Some((first, others)) = rest.split_first()
        && first == "super"
    {
        here.pop()?;
        rest = others;
    }
    within(all, &here, rest, depth, false)
}

/// As [`target`], for a path whose first name stands in `here`; `outside` says that it may also be
/// the name of another crate.
fn within(
    all: &Crate,
    here: &Module,
    path: &[String],
    depth: usize,
    outside: bool,
) -> Option<(String, String)> {
    let (first, rest) = path.split_first()?;
    let holds = all.get(here)?;
    if holds.items.contains(first) {
        return Some((holds.file.clone(), first.clone()));
    }
    let child = [here.clone(), vec![first.clone()]].concat();
    if all.contains_key(&child) {
        return within(all, &child, rest, depth, false);
    }
    if let Some(used) = holds.uses.get(first) {
        // A name that imports itself (`use serde::de`) would be followed for ever.
        if outside && used.first() == Some(first) && used.len() == 1 {
            return None;
        }
        return target(all, here, &[used.clone(), rest.to_vec()].concat(), depth + 1);
    }
    holds.globs.iter().find_map(|glob| target(all, here, &[glob.clone(), path.to_vec()].concat(), depth + 1))
}

/// Which file names what of which other.
type Ties = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

fn ties(all: &Crate) -> Ties {
    let mut ties = Ties::new();
    for (module, holds) in all {
        let to = ties.entry(holds.file.clone()).or_default();
        // What a glob brings in is seen where it is used.
        for path in holds.paths.iter().chain(holds.uses.values()) {
            let Some((file, name)) = target(all, module, path, 0) else { continue };
            let door = self::module(&file).starts_with(&self::module(&holds.file));
            if file != holds.file && !door {
                to.entry(file).or_default().insert(name);
            }
        }
    }
    ties
}

/// All that can be reached from a file, itself only by a circle.
fn reached<'a>(ties: &'a Ties, from: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = vec![from];
    while let Some(next) = open.pop() {
        for file in ties.get(next).into_iter().flat_map(BTreeMap::keys) {
            if found.insert(file.as_str()) {
                open.push(file);
            }
        }
    }
    found
}

/// The circles, each with its files.
fn circles(ties: &Ties) -> BTreeSet<BTreeSet<&str>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        ties.keys().map(|file| (file.as_str(), reached(ties, file))).collect();
    reach
        .iter()
        .filter(|(file, to)| to.contains(*file))
        .map(|(file, to)| to.iter().filter(|other| reach[**other].contains(file)).copied().collect())
        .collect()
}

fn told(ties: &Ties, circle: &BTreeSet<&str>) -> String {
    let mut said = String::from("a circle of files:\n");
    for from in circle {
        for (to, names) in ties[*from].iter().filter(|(to, _)| circle.contains(to.as_str())) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            said.push_str(&format!("  {from} names {} of {to}\n", names.join(", ")));
        }
    }
    said
}

#[test]
fn no_file_leads_back_to_itself() {
    let all = read();
    let ties = ties(&all);
    let found: String = circles(&ties).iter().map(|circle| told(&ties, circle)).collect();
    assert!(found.is_empty(), "{found}");
}

/// The walk through imports, on sources in which the answer is known.
#[test]
fn a_path_is_followed_through_imports_doors_and_globs() {
    let mut all = Crate::new();
    for (file, text) in [
        ("lib.rs", "mod a; mod b;"),
        ("a/mod.rs", "mod x; mod y; pub use x::One; pub use y::*; pub fn here() {}"),
        ("a/x.rs", "pub struct One; fn f() { super::here(); }"),
        ("a/y.rs", "pub fn two() {} #[cfg(test)] mod tests { use crate::b::b; }"),
        ("b.rs", "use crate::a::{self, One as Other}; use super::a::two; pub fn b() { vec![a::here()]; }"),
    ] {
        let mut reader = Reader { all: &mut all, here: module(file) };
        reader.holds().file = file.to_owned();
        syn::parse_file(text).unwrap().items.iter().for_each(|item| reader.visit_item(item));
    }
    let ties = ties(&all);
    let of = |file: &str| -> Vec<(String, Vec<String>)> {
        ties[file].iter().map(|(to, names)| (to.clone(), names.iter().cloned().collect())).collect()
    };
    let told = |to: &str, name: &str| (to.to_owned(), vec![name.to_owned()]);
    assert_eq!(of("b.rs"), [told("a/mod.rs", "here"), told("a/x.rs", "One"), told("a/y.rs", "two")]);
    assert_eq!(of("a/x.rs"), [told("a/mod.rs", "here")]);
    assert!(of("a/mod.rs").is_empty() && of("a/y.rs").is_empty());
    assert!(circles(&ties).is_empty());
}
