//! A module becomes one that notes where a run comes through, or two that work together.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::code::result_of;
use super::data::Data;
use super::names::short;
use super::text::{Form, Module};

/// The bytes of a page of memory.
const PAGE: usize = 65536;
/// The function that loads the second half, by the name under which the first exports it.
const LOAD: &str = "(export \"load_rest\" ";
/// The name of the table, in the first half and among its exports, in which the second half puts its functions.
const TABLE: &str = "rest";
/// The same of the table in which the second half finds those of the first.
const FIRST: &str = "first";
/// The function that gives a function pointer back once it can be called.
pub const POINTER: &str = "$rest.pointer";

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
    /// second half puts its functions into the table when it arrives; a stub that finds it missing loads it first. What
    /// the second half calls of the first it finds in the same way in another table, which takes a third of the bytes
    /// that exports would. The table through which function pointers are called has gaps until the second half fills
    /// them: where the first half calls a pointer, it loads the second if it finds a gap (`cut` puts [`POINTER`] there).
    /// Memory, tables and globals are the first half's; the second imports them, and brings what data only it reads.
    pub fn new(module: &Module, reached: &BTreeSet<&str>, data: &Data) -> Result<Self, String> {
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
        let is_other = |form: &Form| !matches!(form.kind(), "func" | "elem" | "data");
        let others: Vec<Form> = module.forms().filter(is_other).collect();
        let named = first.iter().chain(&others).copied().flat_map(Form::functions);
        let stubs: BTreeSet<(&str, &str)> =
            named.filter_map(|name| Some((seconds.get(name)?.signature(), name))).collect();
        let imported: BTreeMap<&str, Form> =
            module.forms().filter(|form| !seconds.contains_key(form.name())).map(|form| (form.name(), form)).collect();
        let shared: BTreeSet<&str> = second.iter().copied().flat_map(Form::functions).collect();
        let pointers = Pointers::read(module)?;
        let mut shared: Vec<Form> = shared.iter().filter_map(|name| imported.get(name).copied()).collect();
        shared.sort_by_key(|function| function.signature());

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
        for kind in ["memory", "table", "global"] {
            for form in module.of_kind(kind) {
                let rest = &form.text[form.text.find(form.name()).unwrap_or(0) + form.name().len()..];
                // What follows is the type; of a global, also its first value.
                let rest = rest.trim_end().strip_suffix(')').unwrap_or(rest);
                let rest = if kind == "global" { rest.rsplit_once(" (").map_or(rest, |(kind, _)| kind) } else { rest };
                share(kind, form.name(), rest.trim());
            }
        }
        for (table, slots) in [(FIRST, shared.len()), (TABLE, stubs.len())] {
            let _ = writeln!(one, " (table ${table} {slots} funcref)\n (export \"{table}\" (table ${table}))");
            let _ = writeln!(two, " (import \"\" \"{table}\" (table ${table} {slots} funcref))");
        }
        let _ = write!(
            one,
            " (global $rest.there (mut i32) (i32.const 0))
 (func $rest.slot (param $0 i32) (result i32)
  (if (i32.eqz (global.get $rest.there)) (then (call {load}) (global.set $rest.there (i32.const 1))))
  (local.get $0)
 )
 (func {POINTER} (param $0 i32) (result i32)
  (if (i32.eqz (global.get $rest.there)) (then
   (if (ref.is_null (table.get {pointers} (local.get $0))) (then (drop (call $rest.slot (i32.const 0)))))
  ))
  (local.get $0)
 )
 (elem (table ${FIRST}) (i32.const 0) func",
            pointers = pointers.table
        );
        let _ = writeln!(two, " (func {POINTER} (param $0 i32) (result i32) (local.get $0))");
        let mut calls = String::new();
        for (slot, function) in shared.iter().enumerate() {
            let _ = write!(one, " {}", function.name());
            calls += &stub(*function, FIRST, &format!("(i32.const {slot})"));
        }
        one += ")\n";
        let _ = write!(two, " (elem (table ${TABLE}) (i32.const 0) func");
        for (slot, (_, name)) in stubs.iter().enumerate() {
            one += &stub(seconds[name], TABLE, &format!("(call $rest.slot (i32.const {slot}))"));
            let _ = write!(two, " {name}");
        }
        two += ")\n";
        two += &calls;
        one += &pointers.segments(|name| !seconds.contains_key(name));
        two += &pointers.segments(|name| seconds.contains_key(name));
        first.iter().for_each(|function| one += function.text);
        second.iter().for_each(|function| two += function.text);
        let (read_at_once, read_later) = data.divide(&module.of_kind("data").collect::<Vec<_>>(), &one)?;
        one += &(read_at_once + ")\n");
        two += &(read_later + ")\n");
        Ok(Self { first: one, second: two, functions: [first.len(), second.len()] })
    }
}

/// Stands in one half for a function of the other, which is in a slot of a table.
fn stub(function: Form, table: &str, slot: &str) -> String {
    let mut signature = String::new();
    let parameters = function.parameters();
    for kind in &parameters {
        let _ = write!(signature, " (param {kind})");
    }
    if let Some(results) = result_of(function.signature()) {
        let _ = write!(signature, " (result {results})");
    }
    let mut text = format!(" (func {}{signature}\n  (call_indirect ${table}{signature}", function.name());
    for parameter in 0..parameters.len() {
        let _ = write!(text, " (local.get {parameter})");
    }
    let _ = writeln!(text, " {slot})\n )");
    text
}

/// The table through which function pointers are called, and what is in it.
struct Pointers<'a> {
    table: &'a str,
    begin: usize,
    functions: Vec<&'a str>,
}

impl<'a> Pointers<'a> {
    fn read(module: &Module<'a>) -> Result<Self, String> {
        let mut forms = module.of_kind("elem");
        let (Some(form), None) = (forms.next(), forms.next()) else {
            return Err("the module's function pointers are not in one list".to_owned());
        };
        let between = |begin: &str| {
            let (_, rest) = form.text.split_once(begin)?;
            rest.split(')').next()
        };
        let begin = between("(i32.const ").and_then(|begin| begin.parse().ok());
        match (between("(table "), begin) {
            (Some(table), Some(begin)) => Ok(Self { table, begin, functions: form.functions() }),
            _ => Err(format!("cannot read {}", form.head())),
        }
    }

    /// Puts some of the functions into their places.
    fn segments(&self, is_wanted: impl Fn(&str) -> bool) -> String {
        let (mut text, mut is_open) = (String::new(), false);
        for (place, name) in self.functions.iter().enumerate() {
            let is_next = is_wanted(name);
            match (is_open, is_next) {
                (false, true) => {
                    let _ = write!(text, " (elem (table {}) (i32.const {}) func", self.table, self.begin + place);
                }
                (true, false) => text += ")\n",
                _ => {}
            }
            if is_next {
                let _ = write!(text, " {name}");
            }
            is_open = is_next;
        }
        text + if is_open { ")\n" } else { "" }
    }
}
