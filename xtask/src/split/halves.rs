//! A module becomes one that notes where a run comes through, or two that work together.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::names::short;
use super::text::{Form, Module};

/// The bytes of a page of memory.
const PAGE: usize = 65536;
/// The function that loads the second half, by the name under which the first exports it.
const LOAD: &str = "(export \"load_rest\" ";
/// The name of the table, in the first half and among its exports, in which the second half puts its functions.
const TABLE: &str = "rest";

/// A module that notes which places were reached.
pub struct Counting {
    pub text: String,
    /// Where in its memory there is a byte for each place, which is 1 once the place has been reached.
    pub begin: usize,
    /// How many places there are.
    pub places: usize,
}

impl Counting {
    /// The same module with notes behind its memory, where the allocator, which asks for more memory, never comes.
    pub fn new(module: &Module) -> Result<Self, String> {
        let memory = module.of_kind("memory").next().ok_or("the module has no memory")?;
        let size = memory.text.trim_end().trim_end_matches(')').rsplit(' ').next().unwrap_or_default();
        let pages: usize = size.parse().map_err(|_| format!("cannot read the size of {}", memory.text))?;
        let begin = pages * PAGE;
        let (mut functions, mut places) = (String::new(), 0);
        for function in module.of_kind("func") {
            functions += function.head_and_code().0;
            for node in function.code(&mut places) {
                node.write(&mut functions, &|text, node| {
                    if let Some(place) = node.place {
                        let _ = writeln!(text, "(i32.store8 (i32.const {}) (i32.const 1))", begin + place);
                    }
                    text.push_str(node.line);
                });
            }
            functions += " )\n";
        }
        let mut text = String::from("(module\n");
        for form in module.forms().filter(|form| form.kind() != "func") {
            match form.kind() {
                "memory" => _ = writeln!(text, " (memory {} {})", form.name(), pages + places / PAGE + 1),
                _ => text += form.text,
            }
        }
        Ok(Self { text: text + &functions + ")\n", begin, places })
    }
}

/// Two modules: one with the functions that were called, one with the others, each in the order of the whole.
pub struct Halves {
    pub first: String,
    pub second: String,
    /// How many functions the first half has, and the second.
    pub functions: [usize; 2],
}

impl Halves {
    /// Divides a module. `reached` are the names of the functions that the first half is to have.
    ///
    /// What the first half calls of the second is there as a stub of the same name, which calls through a table. The
    /// second half puts its functions into the table when it arrives; a stub that finds it missing loads it first.
    /// Memory, tables and globals are the first half's; the second imports them, as it does the functions it calls.
    pub fn new(module: &Module, reached: &BTreeSet<&str>) -> Result<Self, String> {
        let load = module.of_kind("export").find(|export| export.text.contains(LOAD));
        let load = load.map(Form::functions).and_then(|names| names.first().copied());
        let load = load.ok_or("the module has no function that loads its second half")?;
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for function in module.of_kind("func") {
            let is_first = reached.contains(function.name()) || function.name() == load;
            if is_first { &mut first } else { &mut second }.push(function);
        }
        let seconds: BTreeMap<&str, Form> = second.iter().map(|function| (function.name(), *function)).collect();

        // Functions that the first half names, in the order of their types: like beside like packs best.
        let others: Vec<Form> = module.forms().filter(|form| form.kind() != "func").collect();
        let named = first.iter().chain(&others).copied().flat_map(Form::functions);
        let stubs: BTreeSet<(&str, &str)> =
            named.filter_map(|name| Some((seconds.get(name)?.signature(), name))).collect();
        let imported: BTreeMap<&str, Form> =
            module.forms().filter(|form| !seconds.contains_key(form.name())).map(|form| (form.name(), form)).collect();
        let shared: BTreeSet<&str> = second.iter().copied().flat_map(Form::functions).collect();
        let shared: Vec<Form> = shared.iter().filter_map(|name| imported.get(name).copied()).collect();

        let mut one = String::from("(module\n");
        let mut two = String::from("(module\n");
        for form in others {
            one += form.text;
            if form.kind() == "type" {
                two += form.text;
            }
        }
        let mut exported = 0;
        let mut share = |kind: &str, name: &str, imported: &str| {
            let _ = writeln!(one, " (export \"{}\" ({kind} {name}))", short(exported));
            let _ = writeln!(two, " (import \"\" \"{}\" ({kind} {name} {imported}))", short(exported));
            exported += 1;
        };
        for function in shared {
            share("func", function.name(), function.signature());
        }
        for kind in ["memory", "table", "global"] {
            for form in module.of_kind(kind) {
                let rest = &form.text[form.text.find(form.name()).unwrap_or(0) + form.name().len()..];
                // What follows is the type; of a global, also its first value.
                let rest = rest.trim_end().strip_suffix(')').unwrap_or(rest);
                let rest = if kind == "global" { rest.rsplit_once(" (").map_or(rest, |(kind, _)| kind) } else { rest };
                share(kind, form.name(), rest.trim());
            }
        }
        let slots = stubs.len();
        let _ = writeln!(
            one,
            " (table $rest {slots} funcref)\n (export \"{TABLE}\" (table $rest))
 (global $rest.there (mut i32) (i32.const 0))
 (func $rest.slot (param $0 i32) (result i32)
  (if (i32.eqz (global.get $rest.there)) (then (call {load}) (global.set $rest.there (i32.const 1))))
  (local.get $0)
 )"
        );
        let _ = write!(
            two,
            " (import \"\" \"{TABLE}\" (table $rest {slots} funcref))\n (elem (table $rest) (i32.const 0) func"
        );
        for (slot, (_, name)) in stubs.iter().enumerate() {
            one += &stub(seconds[name], slot);
            let _ = write!(two, " {name}");
        }
        two += ")\n";
        first.iter().for_each(|function| one += function.text);
        second.iter().for_each(|function| two += function.text);
        one += ")\n";
        two += ")\n";
        Ok(Self { first: one, second: two, functions: [first.len(), second.len()] })
    }
}

/// Stands in the first half for a function of the second.
fn stub(function: Form, slot: usize) -> String {
    let signature = function.signature();
    let mut text = format!(" (func {} {signature}\n  (call_indirect $rest", function.name());
    for part in signature.split_inclusive(')') {
        // There parameters have no names.
        let kind = part.rsplit(' ').next().unwrap_or_default();
        let _ =
            if part.trim().starts_with("(param ") { write!(text, " (param {kind}") } else { write!(text, "{part}") };
    }
    for parameter in 0..function.parameters() {
        let _ = write!(text, " (local.get {parameter})");
    }
    let _ = writeln!(text, " (call $rest.slot (i32.const {slot})))\n )");
    text
}
