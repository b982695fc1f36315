//! What CPython 3.14 writes for the same values and specifications.

use super::*;

type Expected = Result<&'static str, (&'static str, &'static str)>;

fn assert_formats(actual: Result<String, FormatError>, expected: Expected, case: &str) {
    let actual = actual.map_err(|error| (error.exception, error.message));
    assert_eq!(actual, expected.map(str::to_owned).map_err(|(class, text)| (class, text.to_owned())), "{case}");
}

#[test]
fn floats_are_formatted_as_cpython_does() {
    let cases: &[(f64, &str, Expected)] = &[
        (1.0, "", Ok("1.0")),
        (0.1, ">6", Ok("   0.1")),
        (1234.5678, ".2f", Ok("1234.57")),
        (0.0, ".2f", Ok("0.00")),
        (2.5, ".0f", Ok("2")),
        (0.125, ".2f", Ok("0.12")),
        (2.675, ".2f", Ok("2.67")),
        (1e20, ".1f", Ok("100000000000000000000.0")),
        (12345.678, ",.1f", Ok("12,345.7")),
        (12345.678, "012,.1f", Ok("00,012,345.7")),
        (-0.5, "+.1f", Ok("-0.5")),
        (0.5, "+", Ok("+0.5")),
        (0.5, " ", Ok(" 0.5")),
        (-0.001, "z.1f", Ok("0.0")),
        (1234.5678, "e", Ok("1.234568e+03")),
        (1234.5678, ".3E", Ok("1.235E+03")),
        (5e-324, ".2e", Ok("4.94e-324")),
        (1234567.0, "g", Ok("1.23457e+06")),
        (123456.0, "g", Ok("123456")),
        (0.0001, "g", Ok("0.0001")),
        (1e-05, "g", Ok("1e-05")),
        (100.0, "#g", Ok("100.000")),
        (1e16, "", Ok("1e+16")),
        (1e16, ".3", Ok("1e+16")),
        (12.0, ".2", Ok("1.2e+01")),
        (12.0, ".1", Ok("1e+01")),
        (0.256, ".1%", Ok("25.6%")),
        (1.0, "%", Ok("100.000000%")),
        (f64::INFINITY, "08.1f", Ok("00000inf")),
        (f64::NAN, "F", Ok("NAN")),
        (3.25159, "*^12.3f", Ok("***3.252****")),
        (3.25159, "*<9.2", Ok("3.3******")),
        (-3.5, "=8", Ok("-    3.5")),
        (1.0, "#.0f", Ok("1.")),
        (1234.56789, ".5_f", Ok("1234.567_89")),
        (1.5, "d", Err(("ValueError", "Unknown format code 'd' for object of type 'float'"))),
        (1.5, "5.f", Err(("ValueError", "Format specifier missing precision"))),
        (1.5, ",n", Err(("ValueError", "Cannot specify ',' with 'n'."))),
    ];
    for (value, spec, expected) in cases {
        assert_formats(format_float(*value, spec), *expected, &format!("format({value}, {spec:?})"));
    }
}

#[test]
fn whole_numbers_are_formatted_as_cpython_does() {
    let cases: &[(i64, &str, Expected)] = &[
        (42, "", Ok("42")),
        (42, "5", Ok("   42")),
        (42, "<5", Ok("42   ")),
        (42, "^5", Ok(" 42  ")),
        (42, "05", Ok("00042")),
        (-42, "05", Ok("-0042")),
        (42, "+", Ok("+42")),
        (1234567, ",", Ok("1,234,567")),
        (1234567, "_", Ok("1_234_567")),
        (1234, "08,", Ok("0,001,234")),
        (255, "x", Ok("ff")),
        (255, "#X", Ok("0XFF")),
        (255, "#010b", Ok("0b11111111")),
        (65535, "_b", Ok("1111_1111_1111_1111")),
        (8, "o", Ok("10")),
        (8364, "c", Ok("€")),
        (65, "3c", Ok("  A")),
        (3, ".2f", Ok("3.00")),
        (3, "e", Ok("3.000000e+00")),
        (1, "%", Ok("100.000000%")),
        (3, "s", Err(("ValueError", "Unknown format code 's' for object of type 'int'"))),
        (3, ".2", Err(("ValueError", "Precision not allowed in integer format specifier"))),
        (3, "z", Err(("ValueError", "Negative zero coercion (z) not allowed in integer format specifier"))),
        (3, ",x", Err(("ValueError", "Cannot specify ',' with 'x'."))),
        (3, ",_", Err(("ValueError", "Cannot specify both ',' and '_'."))),
        (3, "5d5", Err(("ValueError", "Invalid format specifier '5d5' for object of type 'int'"))),
        (3, "99999999999999999999", Err(("ValueError", "Too many decimal digits in format string"))),
        (-1, "c", Err(("OverflowError", "%c arg not in range(0x110000)"))),
        (3, "+c", Err(("ValueError", "Sign not allowed with integer format specifier 'c'"))),
    ];
    for (value, spec, expected) in cases {
        assert_formats(format_int(&(*value).into(), spec), *expected, &format!("format({value}, {spec:?})"));
    }
}

#[test]
fn strings_are_formatted_as_cpython_does() {
    let cases: &[(&str, &str, Expected)] = &[
        ("task", "", Ok("task")),
        ("task", "6", Ok("task  ")),
        ("task", ">6", Ok("  task")),
        ("task", "*^9", Ok("**task***")),
        ("task", ".2", Ok("ta")),
        ("task", "6.2s", Ok("ta    ")),
        ("wörter", "→<8", Ok("wörter→→")),
        ("task", "06", Ok("task00")),
        ("task", "d", Err(("ValueError", "Unknown format code 'd' for object of type 'str'"))),
        ("task", "+", Err(("ValueError", "Sign not allowed in string format specifier"))),
        ("task", " ", Err(("ValueError", "Space not allowed in string format specifier"))),
        ("task", "=6", Err(("ValueError", "'=' alignment not allowed in string format specifier"))),
        ("task", "#", Err(("ValueError", "Alternate form (#) not allowed in string format specifier"))),
        ("task", ",", Err(("ValueError", "Cannot specify ',' with 's'."))),
        ("task", "<>>", Err(("ValueError", "Unknown format code '>' for object of type 'str'"))),
    ];
    for (value, spec, expected) in cases {
        assert_formats(format_str(value, spec), *expected, &format!("format({value:?}, {spec:?})"));
    }
}

#[test]
fn floats_are_shown_with_the_fewest_digits() {
    let cases = [
        (0.0, "0.0"),
        (-0.0, "-0.0"),
        (1.0, "1.0"),
        (0.1, "0.1"),
        (-2.5, "-2.5"),
        (1000000000000000.0, "1000000000000000.0"),
        (1e16, "1e+16"),
        (1.2345678901234568e17, "1.2345678901234568e+17"),
        (0.0001, "0.0001"),
        (1e-05, "1e-05"),
        (1.5e-07, "1.5e-07"),
        (1e22, "1e+22"),
        (1e100, "1e+100"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (0.30000000000000004, "0.30000000000000004"),
        (1529962974255550.2, "1529962974255550.2"),
        (100.0, "100.0"),
        (f64::INFINITY, "inf"),
        (f64::NEG_INFINITY, "-inf"),
        (f64::NAN, "nan"),
    ];
    for (value, expected) in cases {
        assert_eq!(float_repr(value), expected);
    }
}

#[test]
fn strings_are_shown_with_quotes_and_escapes() {
    let cases = [
        ("", "''"),
        ("it", "'it'"),
        ("it's", "\"it's\""),
        ("say \"hi\"", "'say \"hi\"'"),
        ("it's \"it\"", "'it\\'s \"it\"'"),
        ("tab\tnew\nreturn\r", "'tab\\tnew\\nreturn\\r'"),
        ("back\\slash", "'back\\\\slash'"),
        ("\u{0}\u{1b}\u{7f}", "'\\x00\\x1b\\x7f'"),
        ("é→😀", "'é→😀'"),
        ("\u{a0}\u{ad}\u{200b}\u{2028}\u{e000}\u{e0001}", "'\\xa0\\xad\\u200b\\u2028\\ue000\\U000e0001'"),
        ("é", "'é'"),
    ];
    for (text, expected) in cases {
        assert_eq!(string_repr(text), expected);
    }
}

#[test]
fn a_result_larger_than_memory_is_an_error_and_no_crash() {
    let error = FormatError { exception: "MemoryError", message: String::new() };
    assert_eq!(format_int(&1_i64.into(), "9999999999"), Err(error.clone()));
    assert_eq!(format_float(1.0, ".9999999999f"), Err(error.clone()));
    assert_eq!(format_str("a", ">9999999999"), Err(error));
    let long = format_float(0.1, ".70000f").unwrap();
    assert_eq!((long.len(), long.ends_with("0000")), (70_002, true));
}
