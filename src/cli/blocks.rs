//! The Python code blocks of documents, as programs whose lines have the document's numbers.

/// Whether a file of this name is a document with code blocks rather than a program.
pub fn has_blocks(path: &str) -> bool {
    let (_, ending) = path.rsplit_once('.').unwrap_or_default();
    ["md", "markdown", "mdx", "mkd", "rst"].contains(&ending.to_ascii_lowercase().as_str())
}

/// The blocks that are asyncio programs: those that import it. Before each stand as many empty lines as there are lines
/// before it in the document.
pub fn blocks(document: &str) -> Vec<String> {
    let lines: Vec<&str> = document.lines().collect();
    let mut programs = Vec::new();
    let mut next = 0;
    while next < lines.len() {
        let line = lines[next];
        next += 1;
        let block = if let Some(fence) = Fence::opened_by(line) {
            let begin = next;
            while next < lines.len() && !fence.is_closed_by(lines[next]) {
                next += 1;
            }
            let end = next;
            next += 1;
            fence.is_python.then(|| (skip_options(&lines, begin, end), end))
        } else if is_directive(line) {
            let begin = next;
            let indent = indent_of(line);
            while next < lines.len() && (lines[next].trim().is_empty() || indent_of(lines[next]) > indent) {
                next += 1;
            }
            Some((skip_options(&lines, begin, next), next))
        } else {
            None
        };
        let Some((begin, end)) = block else { continue };
        let code = &lines[begin..end];
        if code.iter().any(|line| imports_asyncio(line)) {
            programs.push(program(begin, code));
        }
    }
    programs
}

/// A fence of backticks or tildes.
struct Fence {
    letter: char,
    length: usize,
    is_python: bool,
}

impl Fence {
    /// The fence that a line opens: alone, or in a list or a quotation.
    fn opened_by(line: &str) -> Option<Self> {
        let line = line.trim_start_matches([' ', '\t', '>']);
        let letter = line.chars().next().filter(|letter| matches!(letter, '`' | '~' | ':'))?;
        let info = line.trim_start_matches(letter);
        let length = line.len() - info.len();
        // What stands between backticks within a line is no block.
        if length < 3 || (letter == '`' && info.contains('`')) {
            return None;
        }
        let is_python = is_python(info);
        // Colons fence other things than code in most documents.
        (letter != ':' || is_python).then_some(Self { letter, length, is_python })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
        line.len() >= self.length && line.chars().all(|letter| letter == self.letter)
    }
}

/// Whether what stands behind a fence names Python: `python`, `py title="x.py"`, `{.python .signalbox}`, `{code-block}
/// python`.
fn is_python(info: &str) -> bool {
    let is_name = |word: &str| matches!(word.trim_start_matches('.'), "python" | "python3" | "py" | "py3");
    let mut words = info.split([' ', '\t', ',', '{', '}']).filter(|word| !word.is_empty());
    match words.next() {
        Some("code-block" | "code-cell" | "code" | "sourcecode") => words.next().is_some_and(is_name),
        Some(word) => is_name(word) || (word.starts_with(['.', '#']) && words.any(is_name)),
        None => false,
    }
}

/// Whether a line begins a Python block of Sphinx: `.. code-block:: python`.
fn is_directive(line: &str) -> bool {
    let Some((name, language)) = line.trim().strip_prefix(".. ").and_then(|line| line.split_once("::")) else {
        return false;
    };
    matches!(name, "code-block" | "code" | "sourcecode") && is_python(language.trim())
}

/// Where the code begins behind options such as `:linenos:`.
fn skip_options(lines: &[&str], begin: usize, end: usize) -> usize {
    let is_option = |line: &str| {
        let rest = line.trim_start().strip_prefix(':');
        rest.and_then(|rest| rest.split_once(':')).is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '))
    };
    let options = lines[begin..end].iter().take_while(|line| is_option(line)).count();
    begin + options
}

fn imports_asyncio(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']);
    let mut words = line.split([' ', ',', '.']);
    matches!(words.next(), Some("import" | "from")) && words.any(|word| word == "asyncio")
}

/// The code without what it is indented by, behind so many empty lines.
fn program(before: usize, code: &[&str]) -> String {
    let quoted = code.iter().all(|line| line.trim_start().starts_with('>'));
    let bare = |line: &&str| match line.trim_start().strip_prefix('>') {
        Some(rest) if quoted => rest.strip_prefix(' ').unwrap_or(rest).to_owned(),
        _ => (*line).to_owned(),
    };
    let code: Vec<String> = code.iter().map(bare).collect();
    let indent = code.iter().filter(|line| !line.trim().is_empty()).map(|line| indent_of(line)).min().unwrap_or(0);
    let mut text = "\n".repeat(before);
    for line in &code {
        text.push_str(line.get(indent..).unwrap_or(""));
        text.push('\n');
    }
    text
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first line of code of each block, and its number.
    fn found(document: &str) -> Vec<(usize, String)> {
        let first = |text: String| {
            let (index, line) = text.lines().enumerate().find(|(_, line)| !line.is_empty()).expect("it has code");
            (index + 1, line.to_owned())
        };
        blocks(document).into_iter().map(first).collect()
    }

    #[test]
    fn blocks_of_all_forms_keep_their_lines() {
        for (document, line) in [
            ("# Title\n\n```python\nimport asyncio\n```\n", 4),
            ("~~~py\nimport asyncio\n~~~\n", 2),
            ("````python title=\"a.py\" linenums=\"1\"\nimport asyncio\n```\n````\n", 2),
            ("1. text\n\n   ```{.python .signalbox}\n   import asyncio\n   ```\n", 4),
            ("```{code-block} python\n:linenos:\nimport asyncio\n```\n", 3),
            (":::{code-block} python\nimport asyncio\n:::\n", 2),
            ("Text::\n\n.. code-block:: python\n   :linenos:\n\n   import asyncio\n\nText\n", 6),
            ("> ```python\n> import asyncio\n> ```\n", 2),
        ] {
            assert_eq!(found(document), [(line, "import asyncio".to_owned())], "{document}");
        }
    }

    #[test]
    fn what_is_no_asyncio_program_is_left_alone() {
        for document in [
            "```\nimport asyncio\n```\n",
            "```console\nimport asyncio\n```\n",
            "```pycon\n>>> import asyncio\n```\n",
            "```python\nawait lock.acquire()\n```\n",
            "Write ```python import asyncio``` within a line\n",
            "    import asyncio\n",
        ] {
            assert_eq!(found(document), [], "{document}");
        }
    }

    #[test]
    fn code_keeps_its_own_indentation() {
        let document = "- item\n\n  ```py\n  import asyncio\n  async def f():\n\n      pass\n  ```\n";
        assert_eq!(blocks(document), ["\n\n\nimport asyncio\nasync def f():\n\n    pass\n"]);
    }
}
