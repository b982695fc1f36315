use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use super::*;
use crate::app::demos::all;
use crate::python::LONGEST_PROGRAM;

wasm_bindgen_test_configure!(run_in_browser);

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn one<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())]
    }

    /// A number of any size.
    fn number(&mut self) -> u64 {
        match self.below(4) {
            0 => self.one(&[0, 1, u64::MAX, u64::MAX - 1, 1 << 53, (1 << 53) + 1, 1 << 63]),
            _ => {
                let bits = self.next();
                bits >> self.below(64)
            }
        }
    }

    /// A letter of any kind.
    fn letter(&mut self) -> char {
        let number = match self.below(6) {
            0 => self.below(0x20),
            1 => self.below(0x800),
            2 => self.below(0x1_0000),
            3 => self.below(0x11_0000),
            _ => 0x20 + self.below(0x5f),
        };
        char::from_u32(number as u32).unwrap_or('\u{feff}')
    }

    fn text(&mut self, most: usize) -> String {
        (0..self.below(most + 1)).map(|_| self.letter()).collect()
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..self.below(most + 1)).map(|_| self.next() as u8).collect()
    }

    /// An address with anything in it but a program.
    fn address(&mut self) -> Address {
        let demos: Vec<_> = all().collect();
        let mut address = Address::of(Some(self.one(&demos)));
        for _ in 0..self.below(5) {
            let name = ["x", &self.text(8)].concat();
            address.tuned.push((name, self.text(8)));
        }
        address.seed = self.number();
        address.step = self.number() as u32;
        address.speed = self.one(&SPEEDS);
        address.theme = self.one(&[None, Some(Theme::Auto), Some(Theme::Light), Some(Theme::Dark)]);
        address.autoplay = self.below(2) == 1;
        address.embed = self.below(2) == 1;
        address
    }
}

/// What a browser makes of an address before the page reads it.
fn read(written: &str) -> Address {
    let url = web_sys::Url::new(&["https://example.org/a/path/", written].concat()).expect("an address");
    Address::read(&url.search(), &url.hash())
}

#[wasm_bindgen_test]
async fn every_address_is_read_back_as_it_was_written() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..2000 {
        let address = random.address();
        assert_eq!(read(&address.write()), address);
    }
    let mut longest = String::new();
    while longest.len() + 4 <= LONGEST_PROGRAM {
        longest.push(random.letter());
    }
    let mut texts = vec![
        String::new(),
        (0..0x20_u8).map(char::from).collect(),
        "\u{10ffff}\u{feff}\r\n\u{2028}</script><!--&amp;`\"'".to_owned(),
        "\n".repeat(LONGEST_PROGRAM),
        longest,
    ];
    texts.extend((0..300).map(|_| random.text(3000)));
    for text in texts {
        let program = Some(packed(&text).await.expect("a browser that deflates"));
        let address = Address { demo: None, program, ..random.address() };
        let read = read(&address.write());
        assert_eq!(read, address);
        assert_eq!(unpacked(&read.program.expect("there is one")).await.as_ref(), Ok(&text));
    }
}

#[wasm_bindgen_test]
fn what_makes_no_sense_is_said_and_nothing_else_is_lost() {
    let said = |search: &str, fragment: &str| Address::read(search, fragment).complaints.join(" ");
    assert!(said("?demo=nonsense", "").contains("no demo named “nonsense”"));
    assert!(said("?demo=lock&seed=-1", "").contains("seed=-1"));
    assert!(said("", "#program=AwA&v=2").contains("later version"));
    assert_eq!(Address::read("", "#program=AwA&v=2&step=3").step, 0);
    let address = Address::read("?seed=x&embed=&theme=dark", "#program=AwA&v=1&step=7&PERMITS=2");
    assert_eq!(address.program.as_deref(), Some("AwA"));
    assert_eq!((address.step, address.theme), (7, Some(Theme::Dark)));
    assert!(address.tuned.contains(&("PERMITS".to_owned(), "2".to_owned())));
    assert_eq!(address.complaints.len(), 2);
}

#[wasm_bindgen_test]
async fn damaged_programs_are_told_from_long_ones() {
    let text = "import asyncio\nprint('one')\n".repeat(30);
    let data = packed(&text).await.expect("a browser that deflates");
    for damaged in
        ["", "A", "A=", "*", "AwA=", "AwAx", "é", &data[1..], &data[..data.len() - 2], &[&*data, &data].concat()]
    {
        let said = unpacked(damaged).await.expect_err(damaged);
        assert!(said.contains("damaged"), "{damaged}: {said}");
    }
    // One byte that is not deflated.
    assert_eq!(unpacked(&data::to_letters(&[1, 1, 0, 0xfe, 0xff, b'!'])).await.as_deref(), Ok("!"));
    assert!(unpacked(&data::to_letters(&[1, 1, 0, 0xfe, 0xff, 0xff])).await.is_err());
    for length in [LONGEST_PROGRAM + 1, 30_000_000] {
        let bomb = packed(&"\0".repeat(length)).await.expect("a browser that deflates");
        let said = unpacked(&bomb).await.expect_err("a bomb");
        assert!(said.contains("longer than the 200,000 bytes"), "{said}");
    }
    assert!(unpacked(&"A".repeat(1_000_000)).await.is_err());
}

/// Addresses that nobody wrote by hand: each ends in what the page can open, or in complaints that fit on it.
#[wasm_bindgen_test]
async fn a_hundred_thousand_random_addresses_do_no_harm() {
    const HOSTILE: [&str; 16] = [
        "%",
        "%F",
        "%C3%28",
        "%00",
        "%FF%FE",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "99999999999999999999999999",
        "-0",
        "1e999",
        "NaN",
        "../../..",
        "&&&===???###",
        "program=",
        "v=2",
    ];
    const NAMES: [&str; 12] = [
        "demo",
        "program",
        "v",
        "seed",
        "step",
        "speed",
        "theme",
        "autoplay",
        "embed",
        "PERMITS",
        "WORKERS",
        "constructor",
    ];
    let text = "PERMITS = 2\nWORKERS = 5\n";
    let mut random = Random(0x1234_5678_9abc_def1);
    let data = packed(&"async def main(): pass\n".repeat(9)).await.expect("a browser that deflates");
    let mut unpackings = 0;
    for round in 0..100_000 {
        let mut bytes = match random.below(4) {
            0 => random.bytes(60),
            1 => random.address().write().into_bytes(),
            2 => Address { program: Some(data.clone()), ..random.address() }.write().into_bytes(),
            _ => {
                let mut parts = String::new();
                for _ in 0..random.below(6) {
                    parts += &[random.one(&NAMES), "=", random.one(&HOSTILE), "&"].concat();
                }
                parts.into_bytes()
            }
        };
        for _ in 0..random.below(4) {
            let place = random.below(bytes.len() + 1);
            match random.below(4) {
                0 => bytes.truncate(place),
                1 => bytes.insert(place, random.next() as u8),
                2 => drop(bytes.splice(place..place, random.one(&HOSTILE).bytes())),
                _ => {
                    if let Some(byte) = bytes.get_mut(place) {
                        *byte ^= 1 << random.below(8);
                    }
                }
            }
        }
        let hostile = String::from_utf8_lossy(&bytes).into_owned();
        let mut address = match random.below(3) {
            0 => Address::read(&hostile, ""),
            1 => Address::read("", &hostile),
            _ => Address::read(&hostile, &hostile),
        };
        if round % 20 == 0 {
            address.tune(text.to_owned());
        }
        assert!(address.complaints.len() <= MOST_COMPLAINTS, "{hostile}");
        assert!(address.complaints.iter().all(|said| said.chars().count() <= LONGEST_COMPLAINT + 1), "{hostile}");
        assert!(SPEEDS.contains(&address.speed), "{hostile}");
        if let Some(program) = address.program.filter(|program| *program != data)
            && unpackings < 3000
        {
            unpackings += 1;
            match unpacked(&program).await {
                Ok(text) => assert!(text.len() <= LONGEST_PROGRAM),
                Err(said) => assert!(said.ends_with('.'), "{said}"),
            }
        }
    }
    assert_eq!(unpackings, 3000);
    let long = ["seed=x&", "a=b&", "program=A&"].concat().repeat(40_000);
    let mut address = Address::read("", &long);
    address.tune(text.to_owned());
    assert_eq!(address.complaints.len(), 1);
    let many = "seed=x&a=b&".repeat(30_000);
    assert_eq!(Address::read(&many, "").tuned.len(), MOST_TUNED);
}
