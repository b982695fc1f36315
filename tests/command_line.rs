//! What the command line says of programs that cannot be run, or do not end well.

#![cfg(not(target_arch = "wasm32"))]

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Runs a program from standard input.
fn signalbox(arguments: &[&str], program: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_signalbox"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("signalbox starts");
    // A command line that is refused does not read the program.
    let _ = child.stdin.take().expect("standard input is piped").write_all(program.as_bytes());
    child.wait_with_output().expect("signalbox ends")
}

fn refusal(program: &str) -> String {
    let output = signalbox(&["run", "-"], program);
    assert_eq!(output.status.code(), Some(2), "{program}");
    String::from_utf8(output.stderr).expect("sentences are UTF-8")
}

#[test]
fn syntax_errors_name_line_and_column() {
    let sentence = refusal("import asyncio\nasync def main(:\n    pass\n");
    assert!(sentence.starts_with("<stdin>:2:16: "), "{sentence}");
}

#[test]
fn unsupported_constructs_are_named_with_their_line_before_anything_runs() {
    let cases = [
        ("print('never')\nimport asyncio\nserver = asyncio.start_server()\n", "<stdin>:3:10: ", "asyncio.start_server"),
        ("import aiohttp\n", "<stdin>:1:8: ", "no network"),
        ("text = open('a.txt')\n", "<stdin>:1:8: ", "no files"),
        ("def main():\n    async for x in y:\n        pass\n", "<stdin>:2:5: ", "'async for' outside async function"),
        ("from asyncio import Protocol\n", "<stdin>:1:21: ", "asyncio.Protocol"),
    ];
    for (program, place, words) in cases {
        let sentence = refusal(program);
        assert!(sentence.starts_with(place) && sentence.contains(words), "{program}: {sentence}");
    }
}

#[test]
fn what_is_no_python_is_said_in_cpython_s_words() {
    let cases = [
        (
            "match 1:\n    case x:\n        pass\n    case 1:\n        pass\n",
            "name capture 'x' makes remaining patterns unreachable",
        ),
        ("match 1:\n    case _ | 1:\n        pass\n", "wildcard makes remaining patterns unreachable"),
        ("match 1:\n    case [x, x]:\n        pass\n", "multiple assignments to name 'x' in pattern"),
        ("match 1:\n    case [x] | 1:\n        pass\n", "alternative patterns bind different names"),
        ("match 1:\n    case [*x, *y]:\n        pass\n", "multiple starred names in sequence pattern"),
        ("match 1:\n    case int(real=1, real=2):\n        pass\n", "attribute name repeated in class pattern: real"),
        ("def f():\n    nonlocal x\n", "no binding for nonlocal 'x' found"),
        ("def f(x):\n    global x\n", "name 'x' is parameter and global"),
        ("def f():\n    x = 1\n    global x\n", "name 'x' is assigned to before global declaration"),
        ("def f():\n    print(x)\n    global x\n", "name 'x' is used prior to global declaration"),
        ("def f(a, a):\n    pass\n", "duplicate argument 'a' in function definition"),
        ("print(a=1, a=2)\n", "keyword argument repeated: a"),
        ("print 'hello'\n", "Missing parentheses in call to 'print'. Did you mean print(...)?"),
        ("if True:\n    print name, 1\n", "Missing parentheses in call to 'print'. Did you mean print(...)?"),
        ("*a, *b = 1\n", "multiple starred expressions in assignment"),
        ("*a = 1\n", "starred assignment target must be in a list or tuple"),
        ("try:\n    pass\nexcept:\n    pass\nexcept ValueError:\n    pass\n", "default 'except:' must be last"),
    ];
    for (program, words) in cases {
        let sentence = refusal(program);
        assert!(sentence.trim_end().ends_with(words), "{program}: {sentence}");
    }
    let unnamed = refusal("print('\\N{EM DASH}')\n");
    assert!(unnamed.contains("no characters by name"), "{unnamed}");
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let sentences = refusal("import requests\nprint()\nawait x\nreturn 1\nbreak\n");
    let lines: Vec<&str> = sentences.lines().collect();
    assert_eq!(lines.len(), 4, "{sentences}");
    assert!(lines[1].contains("'await' outside async function"), "{sentences}");
}

#[test]
fn a_loop_that_never_awaits_is_stopped_with_a_sentence() {
    let program = "import asyncio\nasync def main():\n    while True:\n        pass\nasyncio.run(main())\n";
    let output = signalbox(&["run", "-"], program);
    assert_eq!(output.status.code(), Some(4));
    let sentence = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(sentence.contains("without an await"), "{sentence}");
    assert!(sentence.contains("line 3") || sentence.contains("line 4"), "{sentence}");
}

#[test]
fn a_program_that_can_never_continue_says_who_waits_for_what() {
    let program = "\
import asyncio
async def worker(first, second):
    async with first:
        await asyncio.sleep(1)
        async with second:
            print('never')
async def main():
    left = asyncio.Lock()
    right = asyncio.Lock()
    await asyncio.gather(worker(left, right), worker(right, left))
asyncio.run(main())
";
    let output = signalbox(&["run", "-"], program);
    assert_eq!(output.status.code(), Some(3));
    let sentence = String::from_utf8_lossy(&output.stderr).into_owned();
    for words in ["worker 1 (line 5) waits for right, which worker 2 holds", "waits for left, which worker 1 holds"] {
        assert!(sentence.contains(words), "{sentence}");
    }
}

#[test]
fn primitives_that_are_made_together_have_names_of_their_own() {
    let cases = [
        ("left, right = asyncio.Lock(), asyncio.Lock()", "left, right", ["left", "right"]),
        ("left, right = (asyncio.Lock() for _ in range(2))", "left, right", ["left", "right"]),
        ("forks = {name: asyncio.Lock() for name in 'ab'}", "forks['a'], forks['b']", ["forks['a']", "forks['b']"]),
        ("forks = [asyncio.Lock(), asyncio.Lock()]", "forks[0], forks[1]", ["forks[0]", "forks[1]"]),
        ("alice, bob = Account(), Account()", "alice.lock, bob.lock", ["alice.lock", "bob.lock"]),
        ("all = [Account(), Account()]", "all[0].lock, all[1].lock", ["all[0].lock", "all[1].lock"]),
    ];
    for (made, taken, [first, second]) in cases {
        let program = format!(
            "\
import asyncio
class Account:
    def __init__(self):
        self.lock = asyncio.Lock()
async def worker(first, second):
    async with first:
        await asyncio.sleep(1)
        async with second:
            print('never')
async def main():
    {made}
    one, other = {taken}
    await asyncio.gather(worker(one, other), worker(other, one))
asyncio.run(main())
"
        );
        let output = signalbox(&["run", "-"], &program);
        let sentence = String::from_utf8_lossy(&output.stderr).into_owned();
        for words in [format!("waits for {second}, which worker 2"), format!("waits for {first}, which worker 1")] {
            assert!(sentence.contains(&words), "{made}: {sentence}");
        }
    }
}

#[test]
fn an_uncaught_exception_ends_with_its_traceback() {
    let output = signalbox(&["run", "-"], "def f():\n    return 1 / 0\nprint('before')\nf()\n");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "before\n");
    let traceback = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(traceback.starts_with("Traceback (most recent call last):\n"), "{traceback}");
    assert!(traceback.contains("  File \"<stdin>\", line 2, in f\n    return 1 / 0\n"), "{traceback}");
    assert!(traceback.ends_with("ZeroDivisionError: division by zero\n"), "{traceback}");
}

#[test]
fn an_exception_on_its_way_through_finally_has_one_line_for_each_call() {
    let program = "\
def inner():
    raise ValueError('once')
def outer():
    try:
        inner()
    finally:
        print('finally')
outer()
";
    let output = signalbox(&["run", "-"], program);
    let traceback = String::from_utf8_lossy(&output.stderr).into_owned();
    let calls: Vec<&str> = traceback.lines().filter(|line| line.starts_with("  File")).collect();
    let expected = ["line 8, in <module>", "line 5, in outer", "line 2, in inner"];
    assert_eq!(calls.len(), expected.len(), "{traceback}");
    assert!(calls.iter().zip(expected).all(|(call, end)| call.ends_with(end)), "{traceback}");
}

#[test]
fn values_can_be_set_by_name() {
    let program = "\
import asyncio
async def worker(semaphore, n):
    async with semaphore:
        print(n, asyncio.get_running_loop().time())
        await asyncio.sleep(1)
async def main():
    semaphore = asyncio.Semaphore(1)
    await asyncio.gather(*[worker(semaphore, n) for n in range(2)])
asyncio.run(main())
";
    let arguments = ["run", "--set", "semaphore_permits=3", "--set", "worker_count=3", "-"];
    let output = signalbox(&arguments, program);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "0 0.0\n1 0.0\n2 0.0\n");
    let output = signalbox(&["run", "--set", "permits=3", "-"], program);
    assert_eq!(output.status.code(), Some(2));
    let sentence = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(sentence.contains("semaphore_permits") && sentence.contains("worker_count"), "{sentence}");
}

#[test]
fn json_has_one_line_for_each_program_and_status_zero() {
    let output = signalbox(&["run", "--json", "-"], "print('a\"b')\n1 / 0\n");
    assert_eq!(output.status.code(), Some(0));
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(line["path"], "-");
    assert_eq!(line["status"], 1);
    assert_eq!(line["stdout"], "a\"b\n");
    assert!(line["stderr"].as_str().is_some_and(|text| text.contains("ZeroDivisionError")));
}

#[test]
fn traces_are_one_json_object_a_line() {
    let program = "import asyncio\nasync def main():\n    await asyncio.sleep(1)\nasyncio.run(main())\n";
    let output = signalbox(&["trace", "-"], program);
    assert_eq!(output.status.code(), Some(0));
    let events: Vec<serde_json::Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("every line is JSON"))
        .collect();
    assert_eq!(events[0]["event"], "task_created");
    assert!(events.iter().any(|event| event["event"] == "clock" && event["seconds"] == 1.0));
    assert_eq!(events.last().expect("there are events")["event"], "ended");
}

#[test]
fn wrong_options_are_named() {
    for (arguments, words) in [
        (["run", "--fast", "-"], "--fast"),
        (["run", "--until", "soon"], "--until needs"),
        (["walk", "", ""], "no command"),
    ] {
        let output = signalbox(&arguments, "");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains(words));
    }
}

#[test]
fn an_uncaught_group_shows_the_exceptions_in_it() {
    let program = "\
def fail(error):
    try:
        raise error
    except Exception as raised:
        raised.add_note('a note')
        return raised
try:
    raise ValueError('first')
except ValueError as error:
    raise ExceptionGroup('outer', [fail(KeyError(1)), ExceptionGroup('inner', [OSError(2)])]) from error
";
    let output = signalbox(&["run", "-"], program);
    let expected = r#"Traceback (most recent call last):
  File "<stdin>", line 8, in <module>
    raise ValueError('first')
ValueError: first

The above exception was the direct cause of the following exception:

  + Exception Group Traceback (most recent call last):
  |   File "<stdin>", line 10, in <module>
  |     raise ExceptionGroup('outer', [fail(KeyError(1)), ExceptionGroup('inner', [OSError(2)])]) from error
  | ExceptionGroup: outer (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "<stdin>", line 3, in fail
    |     raise error
    | KeyError: 1
    | a note
    +---------------- 2 ----------------
    | ExceptionGroup: inner (1 sub-exception)
    +-+---------------- 1 ----------------
      | OSError: 2
      +------------------------------------
"#;
    assert_eq!(String::from_utf8_lossy(&output.stderr), expected);
}

#[test]
fn a_handler_of_groups_is_not_left_by_a_jump() {
    for jump in ["break", "continue", "return"] {
        let program = format!(
            "def f():\n    while 1:\n        try:\n            pass\n        except* ValueError:\n            {jump}\n"
        );
        let sentence = refusal(&program);
        assert!(sentence.starts_with("<stdin>:6:13: 'break', 'continue' and 'return' cannot appear"), "{sentence}");
    }
}

/// Two tasks that take turns, one under a name that is no name of SVG.
const TURNS: &str = "\
import asyncio
async def work(lock):
    async with lock:
        await asyncio.sleep(1)
async def main():
    lock = asyncio.Lock()
    one = asyncio.create_task(work(lock), name='<i>&\"one\"')
    await asyncio.gather(one, work(lock))
asyncio.run(main())
";

#[test]
fn a_run_is_drawn_as_a_picture_of_its_own() {
    let output = signalbox(&["draw", "-"], TURNS);
    assert_eq!(output.status.code(), Some(0));
    let svg = String::from_utf8(output.stdout).expect("a picture is UTF-8");
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.ends_with("</svg>\n"), "{svg}");
    for words in
        ["<title>Program</title>", ">main</text>", "&lt;i&gt;&amp;&quot;one&quot;</text>", "prefers-color-scheme"]
    {
        assert!(svg.contains(words), "{words} in {svg}");
    }
    // Nothing in it is loaded from elsewhere or run.
    for words in ["<i>", "<script", "href", "@import", "@font-face"] {
        assert!(!svg.contains(words), "{words} in {svg}");
    }
    let dark = signalbox(&["draw", "--theme", "dark", "-"], TURNS);
    assert!(!String::from_utf8_lossy(&dark.stdout).contains("prefers-color-scheme"));
}

#[test]
fn twenty_tasks_are_a_picture_of_less_than_100_kilobytes() {
    let program = TURNS.replace("one, work(lock)", "one, *[work(lock) for _ in range(18)]");
    let file = std::env::temp_dir().join(format!("signalbox-{}.svg", std::process::id()));
    let output = signalbox(&["draw", "-o", file.to_str().expect("a path"), "-"], &program);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
    let svg = std::fs::read_to_string(&file).expect("the picture is written");
    std::fs::remove_file(&file).expect("the picture is there");
    assert!(svg.contains("20 tasks") && svg.len() < 100_000, "{} bytes", svg.len());
}

#[test]
fn what_cannot_be_drawn_is_said_as_by_run() {
    let output = signalbox(&["draw", "-"], "await x\n");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("<stdin>:1:1: "));
    for (arguments, words) in [
        (["draw", "--theme", "blue"], "--theme is light or dark"),
        (["draw", "a.py", "b.py"], "draw takes one PROGRAM"),
        (["draw", "-", "-o"], "-o needs a value"),
    ] {
        let output = signalbox(&arguments, "");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains(words), "{words}");
    }
    // It never ends: its beginning is drawn, or as much as is asked for.
    let endless =
        "import asyncio\nasync def main():\n    while True:\n        await asyncio.sleep(1)\nasyncio.run(main())\n";
    for (arguments, words) in
        [(&["draw", "-"][..], "and so on"), (&["draw", "--until", "5", "-"], "still running at 5.00 s")]
    {
        let output = signalbox(arguments, endless);
        assert_eq!(output.status.code(), Some(0));
        assert!(String::from_utf8_lossy(&output.stdout).contains(words), "{words}");
    }
}

#[test]
fn findings_are_one_a_line_and_make_the_exit_status_1() {
    let clean = signalbox(&["check", "-"], TURNS);
    assert_eq!((clean.status.code(), &*clean.stdout), (Some(0), &b""[..]));
    let program =
        TURNS.replace("await asyncio.sleep", "time.sleep").replace("import asyncio\n", "import asyncio, time\n");
    let output = signalbox(&["check", "-"], &program);
    assert_eq!(output.status.code(), Some(1));
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(lines.starts_with("<stdin>:4: blocking: ") && lines.contains("holds lock"), "{lines}");
    assert_eq!(lines.lines().count(), 1, "{lines}");
    let output = signalbox(&["check", "--json", "-"], &program);
    assert_eq!(output.status.code(), Some(1));
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!((&line["path"], &line["line"], &line["kind"]), (&"-".into(), &4.into(), &"blocking".into()));
    let output = signalbox(&["check", "-"], "await x\n");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("<stdin>:1:1: "));
}

#[test]
fn programs_in_markdown_are_checked_with_its_line_numbers() {
    let document = format!(
        "# Locks\n\n```python\n{TURNS}```\n\n```python title=\"bad.py\"\nimport asyncio\n1 / 0\n```\n\n```python\nawait x\n```\n"
    );
    let file = std::env::temp_dir().join(format!("signalbox-{}.md", std::process::id()));
    std::fs::write(&file, &document).expect("the document is written");
    let path = file.to_str().expect("a path");
    let output = signalbox(&["check", path], "");
    std::fs::remove_file(&file).expect("the document is there");
    let expected = format!("{path}:17: exception: nobody catches ZeroDivisionError: division by zero\n");
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
    assert_eq!(output.status.code(), Some(1));
}

/// What is truly there, and nothing else.
#[test]
fn the_tutorials_have_the_faults_they_have() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tutorials/");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the folder is there").flatten().map(|file| file.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "py"));
    files.sort();
    let mut arguments = vec!["check"];
    arguments.extend(files.iter().map(|file| file.to_str().expect("a path")));
    let output = signalbox(&arguments, "");
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let found: Vec<String> = lines
        .lines()
        .map(|line| {
            let mut parts = line.strip_prefix(folder).expect("the file comes first").splitn(4, ':');
            let mut next = || parts.next().expect("there are four parts").trim().to_owned();
            format!("{} {} {}", next(), next(), next())
        })
        .collect();
    let expected = [
        "001-lock.py 7 old-form",
        "001-lock.py 10 blocking",
        "001-lock.py 19 old-form",
        "001-lock.py 24 old-form",
        "001-queue.py 7 endless",
        "001-queue.py 22 old-form",
        "001-queue.py 23 old-form",
        "003-condition.py 46 old-form",
        "003-condition.py 49 old-form",
        "003-event.py 32 old-form",
        "003-event.py 36 old-form",
        "003-lock.py 40 old-form",
        "003-lock.py 43 old-form",
        "003-queue.py 55 old-form",
    ];
    assert_eq!(found, expected);
}
