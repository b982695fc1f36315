//! A module in WebAssembly's text format, as `wasm-opt` prints it. There all things have names, so that code can be
//! moved from one module to another without a look at what surrounds it.

use super::code::{self, Node};

/// A module's forms, one after the other: types, imports, functions and so on.
pub struct Module<'a> {
    forms: Vec<Form<'a>>,
}

/// One form of a module, such as `(func $name (param $0 i32) ...)`.
#[derive(Clone, Copy)]
pub struct Form<'a> {
    pub text: &'a str,
}

impl<'a> Module<'a> {
    /// Takes a text apart. Each form begins on a line of its own, indented by one space.
    pub fn read(text: &'a str) -> Self {
        let mut forms = Vec::new();
        let body = text.split_once('\n').map_or("", |(_, body)| body);
        let body = body.trim_end().strip_suffix(')').unwrap_or(body);
        let mut begin = 0;
        for (newline, _) in body.match_indices("\n (") {
            forms.push(Form { text: &body[begin..=newline] });
            begin = newline + 1;
        }
        forms.push(Form { text: &body[begin..] });
        // Comments stand between forms.
        forms.retain(|form| form.text.starts_with(" ("));
        Self { forms }
    }

    pub fn forms(&self) -> impl Iterator<Item = Form<'a>> {
        self.forms.iter().copied()
    }

    /// The forms of a kind, such as `global`.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = Form<'a>> {
        self.forms().filter(move |form| form.kind() == kind)
    }
}

impl<'a> Form<'a> {
    /// The form's first word.
    pub fn kind(self) -> &'a str {
        self.text[2..].split([' ', '\n', ')']).next().unwrap_or_default()
    }

    /// The name of what the form defines; of an import, what is imported.
    pub fn name(self) -> &'a str {
        let at = self.text.find(" $").map_or(0, |space| space + 1);
        name_at(&self.text[at..])
    }

    /// The first line: of a function, all but its locals and its code.
    pub fn head(self) -> &'a str {
        self.text.lines().next().unwrap_or_default()
    }

    /// A function's first line with its locals, and its code.
    pub fn head_and_code(self) -> (&'a str, &'a str) {
        let mut lines = self.text.split_inclusive('\n');
        let mut length = lines.next().map_or(0, str::len);
        length += lines.take_while(|line| line.starts_with("  (local ")).map(str::len).sum::<usize>();
        self.text.split_at(length)
    }

    /// A function's code, with its places numbered from `next` on.
    pub fn code(self, next: &mut usize) -> Vec<Node<'a>> {
        let mut code = Node::read(self.head_and_code().1);
        code::number(&mut code, next);
        code
    }

    /// The parameters and results of a function or of an imported one: `(param $0 i32) (result i32)`.
    pub fn signature(self) -> &'a str {
        let head = self.head();
        let begin = head.find(" $").map_or(0, |space| space + 1);
        let signature = head[begin + name_at(&head[begin..]).len()..].trim();
        // An import closes more than it opens: itself.
        let excess = signature.matches(')').count() - signature.matches('(').count();
        &signature[..signature.len() - excess]
    }

    /// How many parameters a function has.
    pub fn parameters(self) -> usize {
        self.signature().matches("(param ").count()
    }

    /// The functions that the form names: those that it calls, exports, or puts into a table.
    pub fn functions(self) -> Vec<&'a str> {
        let mut found = Vec::new();
        if self.kind() == "elem" {
            let names = self.text.find(" func $").map_or("", |at| &self.text[at..]);
            let mut rest = names;
            while let Some(at) = rest.find(" $") {
                let name = name_at(&rest[at + 1..]);
                found.push(name);
                rest = &rest[at + 1 + name.len()..];
            }
            return found;
        }
        let own = if self.kind() == "func" { self.head().len() } else { 0 };
        for word in ["(call $", "(return_call $", "(ref.func $", "(func $", "(start $"] {
            for (at, _) in self.text[own..].match_indices(word) {
                found.push(name_at(&self.text[own + at + word.len() - 1..]));
            }
        }
        found
    }
}

/// The name with which a text begins: `$plain`, or `$"with (other) letters"`.
pub fn name_at(text: &str) -> &str {
    let end = match text.strip_prefix("$\"") {
        Some(quoted) => {
            let mut escaped = false;
            let end = quoted.find(|letter| {
                let ends = letter == '"' && !escaped;
                escaped = letter == '\\' && !escaped;
                ends
            });
            end.map(|end| end + 3)
        }
        None => text.find([' ', ')', '\n']),
    };
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"(module $page
 (type $0 (func (param i32) (result i32)))
 (import "./page.js" "log" (func $"a (very) \"special\" name" (param i32) (result i32)))
 (elem $0 (table $0) (i32.const 1) func $double $"a (very) \"special\" name")
 (export "double" (func $double))
 (func $double (param $0 i32) (result i32)
  (local $1 i32)
  (call $"a (very) \"special\" name"
   (call $double
    (local.get $0)
   )
  )
 )
 ;; custom section "producers", size 102
)
"#;

    #[test]
    fn a_module_falls_into_its_forms() {
        let module = Module::read(TEXT);
        assert_eq!(module.forms().map(Form::kind).collect::<Vec<_>>(), ["type", "import", "elem", "export", "func"]);
        let special = r#"$"a (very) \"special\" name""#;
        let form = |kind| module.of_kind(kind).next().unwrap();
        assert_eq!(form("import").name(), special);
        assert_eq!(form("import").signature(), "(param i32) (result i32)");
        assert_eq!(form("func").name(), "$double");
        assert_eq!(form("func").signature(), "(param $0 i32) (result i32)");
        assert_eq!(form("func").parameters(), 1);
        assert_eq!(form("func").functions(), [special, "$double"]);
        assert_eq!(form("elem").functions(), ["$double", special]);
        assert_eq!(form("export").functions(), ["$double"]);
    }
}
