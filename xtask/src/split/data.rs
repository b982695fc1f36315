//! Which data the first half needs.
//!
//! The linker was asked to leave in the module what refers to what (`--emit-relocs`): which bytes are a thing of their
//! own, where the code has the address of one, and where one has the address of another. A thing that the code of the
//! first half does not mention, and nothing that it mentions leads to, cannot be read before the second half is there.
//! The format is that of <https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md>.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::text::Form;

/// The numbers of the sections of a module.
const CUSTOM: u8 = 0;
const CODE: u8 = 10;
const DATA: u8 = 11;
/// The part of the section `linking` that lists symbols.
const SYMBOL_TABLE: u8 = 8;
/// Kinds of symbols.
const DATUM: u8 = 1;
const SECTION: u8 = 3;
/// A symbol that is defined elsewhere, and one that has a name nevertheless.
const UNDEFINED: u32 = 0x10;
const HAS_NAME: u32 = 0x40;
/// Kinds of relocations: an address in the code, as an offset or as a constant, and in the data.
const ADDRESS_AS_OFFSET: u8 = 3;
const ADDRESS_AS_CONSTANT: u8 = 4;
const ADDRESS_IN_DATA: u8 = 5;
/// The kinds that are not about memory: functions, types, globals, tables and places in the code.
const OTHERS: [u8; 9] = [0, 1, 2, 6, 7, 8, 9, 13, 20];
/// Fewer bytes than this that belong to nothing, and are 0, only keep what follows in place.
const PADDING: usize = 16;

/// What the linker says about a module's data.
pub struct Data {
    /// What there is, in the order of its addresses.
    things: Vec<Thing>,
    /// Which things the code may mean with a number.
    meant: BTreeMap<u32, BTreeSet<usize>>,
    /// The things that have to be there whatever the code says.
    always: BTreeSet<usize>,
    segments: Vec<Segment>,
}

struct Thing {
    place: Range<u32>,
    /// The things whose addresses it has.
    leads_to: BTreeSet<usize>,
}

struct Segment {
    address: u32,
    bytes: Vec<u8>,
    /// Where its bytes begin in the section.
    offset: usize,
}

/// A relocation of the section of a module.
struct Relocation {
    kind: u8,
    offset: usize,
    symbol: usize,
}

impl Data {
    /// Reads what the linker wrote.
    pub fn read(module: &[u8]) -> Result<Self, String> {
        let mut sections = BTreeMap::new();
        let mut bytes = Bytes { bytes: module, at: 8 };
        while bytes.at < module.len() {
            let number = bytes.byte();
            let length = bytes.number() as usize;
            let content = &module[bytes.at..bytes.at + length];
            bytes.at += length;
            let mut inside = Bytes { bytes: content, at: 0 };
            match number {
                CUSTOM => _ = sections.insert(inside.name().to_owned(), &content[inside.at..]),
                CODE => _ = sections.insert("code".to_owned(), content),
                DATA => _ = sections.insert("data".to_owned(), content),
                _ => {}
            }
        }
        let section = |name: &str| sections.get(name).copied().ok_or(format!("the linker left no section {name}"));

        let segments = Segment::read(section("data")?)?;
        let symbols = symbols(section("linking")?, &segments)?;
        let mut places: Vec<Range<u32>> = symbols.iter().flatten().filter(|place| !place.is_empty()).cloned().collect();
        places.sort_by_key(|place| place.start);
        let mut things: Vec<Thing> = Vec::new();
        for place in places {
            match things.last_mut() {
                Some(last) if place.start < last.place.end => last.place.end = last.place.end.max(place.end),
                _ => things.push(Thing { place, leads_to: BTreeSet::new() }),
            }
        }
        let mut data = Self { things, meant: BTreeMap::new(), always: BTreeSet::new(), segments };

        let target = |data: &Self, symbol: usize| symbols[symbol].as_ref().and_then(|place| data.thing_at(place.start));
        let code = section("code")?;
        for Relocation { kind, offset, symbol } in relocations(section("reloc.CODE")?)? {
            if let ADDRESS_AS_OFFSET | ADDRESS_AS_CONSTANT = kind
                && let Some(thing) = target(&data, symbol)
            {
                let value = Bytes { bytes: code, at: offset }.number();
                data.meant.entry(value).or_default().insert(thing);
            }
        }
        for Relocation { kind, offset, symbol } in relocations(section("reloc.DATA")?)? {
            if kind == ADDRESS_IN_DATA
                && let Some(thing) = target(&data, symbol)
            {
                let segment = data.segments.iter().rev().find(|segment| segment.offset <= offset);
                let address = segment.map_or(0, |segment| segment.address + (offset - segment.offset) as u32);
                match data.thing_at(address) {
                    Some(holder) => data.things[holder].leads_to.insert(thing),
                    None => data.always.insert(thing),
                };
            }
        }
        Ok(data)
    }

    fn thing_at(&self, address: u32) -> Option<usize> {
        let after = self.things.partition_point(|thing| thing.place.start <= address);
        after.checked_sub(1).filter(|index| self.things[*index].place.contains(&address))
    }

    /// The things that code, in the text format, may read.
    fn reached(&self, code: &str) -> BTreeSet<usize> {
        let mut reached = self.always.clone();
        for before in ["i32.const ", "offset="] {
            for (at, _) in code.match_indices(before) {
                let rest = &code[at + before.len()..];
                let number = &rest[..rest.find([')', ' ', '\n']).unwrap_or(rest.len())];
                let number = number.parse::<i64>().ok().and_then(|number| self.meant.get(&(number as u32)));
                reached.extend(number.into_iter().flatten());
            }
        }
        let mut next: Vec<usize> = reached.iter().copied().collect();
        while let Some(thing) = next.pop() {
            next.extend(self.things[thing].leads_to.iter().filter(|other| reached.insert(**other)));
        }
        reached
    }

    /// Divides a module's data: what `code` may read, with zeros for the rest, and that rest.
    ///
    /// Both are forms of the text format.
    pub fn divide(&self, forms: &[Form], code: &str) -> Result<(String, String), String> {
        let reached = self.reached(code);
        let (mut first, mut second) = (String::new(), String::new());
        if forms.len() != self.segments.len() {
            return Err("the module's data are not those that the linker wrote".to_owned());
        }
        for (form, segment) in forms.iter().zip(&self.segments) {
            if !form.head().contains(&format!("(i32.const {})", segment.address)) {
                return Err(format!("the linker put no data where the module has {}", form.name()));
            }
            let mut rest = vec![0; segment.bytes.len()];
            let mut kept = segment.bytes.clone();
            // Where bytes of the rest stand, with what lies between.
            let mut places: Vec<Range<usize>> = Vec::new();
            for (index, thing) in self.things.iter().enumerate() {
                let inside = thing.place.start >= segment.address
                    && thing.place.end as usize <= segment.address as usize + segment.bytes.len();
                if !inside || reached.contains(&index) {
                    continue;
                }
                let place =
                    (thing.place.start - segment.address) as usize..(thing.place.end - segment.address) as usize;
                rest[place.clone()].copy_from_slice(&segment.bytes[place.clone()]);
                kept[place.clone()].fill(0);
                match places.last_mut() {
                    Some(last) if self.is_padding(segment, last.end..place.start) => last.end = place.end,
                    _ => places.push(place),
                }
            }
            first += &datum(segment.address, &kept);
            for place in places {
                second += &datum(segment.address + place.start as u32, &rest[place]);
            }
        }
        Ok((first, second))
    }

    /// Whether nothing is in a part of a segment.
    fn is_padding(&self, segment: &Segment, part: Range<usize>) -> bool {
        let is_free = (part.clone()).all(|at| self.thing_at(segment.address + at as u32).is_none());
        part.len() < PADDING && is_free && segment.bytes[part].iter().all(|byte| *byte == 0)
    }
}

impl Segment {
    fn read(section: &[u8]) -> Result<Vec<Self>, String> {
        let mut bytes = Bytes { bytes: section, at: 0 };
        let mut segments = Vec::new();
        for _ in 0..bytes.number() {
            // Into the first memory, at a constant.
            let begin = [bytes.byte(), bytes.byte()];
            let address = bytes.number();
            if begin != [0, 0x41] || bytes.byte() != 0x0b {
                return Err("the linker wrote data for no fixed address".to_owned());
            }
            let length = bytes.number() as usize;
            let offset = bytes.at;
            segments.push(Self { address, bytes: section[offset..offset + length].to_vec(), offset });
            bytes.at += length;
        }
        Ok(segments)
    }
}

/// Where the data of each symbol are; of others, nothing.
fn symbols(linking: &[u8], segments: &[Segment]) -> Result<Vec<Option<Range<u32>>>, String> {
    let mut bytes = Bytes { bytes: linking, at: 0 };
    bytes.number();
    while bytes.at < linking.len() {
        let part = bytes.byte();
        let length = bytes.number() as usize;
        if part != SYMBOL_TABLE {
            bytes.at += length;
            continue;
        }
        let mut symbols = Vec::new();
        for _ in 0..bytes.number() {
            let kind = bytes.byte();
            let flags = bytes.number();
            let mut place = None;
            match kind {
                DATUM => {
                    bytes.name();
                    if flags & UNDEFINED == 0 {
                        let (segment, offset, length) = (bytes.number(), bytes.number(), bytes.number());
                        // What is 0 at first is in no segment of the module.
                        if let Some(segment) = segments.get(segment as usize) {
                            place = Some(segment.address + offset..segment.address + offset + length);
                        }
                    }
                }
                SECTION => _ = bytes.number(),
                _ => {
                    bytes.number();
                    if flags & UNDEFINED == 0 || flags & HAS_NAME != 0 {
                        bytes.name();
                    }
                }
            }
            symbols.push(place);
        }
        return Ok(symbols);
    }
    Err("the linker left no symbols".to_owned())
}

fn relocations(section: &[u8]) -> Result<Vec<Relocation>, String> {
    let mut bytes = Bytes { bytes: section, at: 0 };
    bytes.number();
    let mut found = Vec::new();
    for _ in 0..bytes.number() {
        let (kind, offset, symbol) = (bytes.byte(), bytes.number() as usize, bytes.number() as usize);
        let is_address = matches!(kind, ADDRESS_AS_OFFSET | ADDRESS_AS_CONSTANT | ADDRESS_IN_DATA);
        if is_address || matches!(kind, 8 | 9) {
            bytes.number();
        }
        if !is_address && !OTHERS.contains(&kind) {
            return Err(format!("the linker left a relocation of the unknown kind {kind}"));
        }
        found.push(Relocation { kind, offset, symbol });
    }
    Ok(found)
}

/// Bytes at an address, in the text format.
fn datum(address: u32, bytes: &[u8]) -> String {
    let mut text = format!(" (data (i32.const {address}) \"");
    for byte in bytes {
        text += &format!("\\{byte:02x}");
    }
    text + "\")\n"
}

/// Bytes that are read one after the other.
struct Bytes<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Bytes<'a> {
    fn byte(&mut self) -> u8 {
        self.at += 1;
        self.bytes[self.at - 1]
    }

    /// A number in LEB128. Where the linker puts an address it writes five bytes, so a sign does not matter.
    fn number(&mut self) -> u32 {
        let (mut number, mut shift) = (0_u64, 0);
        loop {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                return number as u32;
            }
        }
    }

    fn name(&mut self) -> &'a str {
        let length = self.number() as usize;
        self.at += length;
        std::str::from_utf8(&self.bytes[self.at - length..self.at]).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two things that the code means with 16 and 20, one that the first leads to, and one that it does not.
    fn data() -> Data {
        let thing = |begin: u32, leads_to: &[usize]| Thing {
            place: begin..begin + 4,
            leads_to: leads_to.iter().copied().collect(),
        };
        Data {
            things: vec![thing(16, &[2]), thing(20, &[]), thing(24, &[]), thing(28, &[])],
            meant: BTreeMap::from([(16, BTreeSet::from([0])), (20, BTreeSet::from([1]))]),
            always: BTreeSet::new(),
            segments: vec![Segment { address: 16, bytes: (1..=16).collect(), offset: 0 }],
        }
    }

    #[test]
    fn the_first_half_has_what_its_code_leads_to() {
        assert_eq!(data().reached("(i32.const 16)\n"), BTreeSet::from([0, 2]));
        assert_eq!(data().reached("(i32.load offset=20\n"), BTreeSet::from([1]));
        assert_eq!(data().reached("(i32.const 200)\n(i32.const 28)\n"), BTreeSet::new());
    }

    #[test]
    fn each_byte_is_in_one_of_the_halves() {
        let form = Form { text: " (data $.rodata (i32.const 16) \"\")\n" };
        let (first, second) = data().divide(&[form], "(i32.const 16)").unwrap();
        let bytes = |bytes: &[u8]| bytes.iter().map(|byte| format!("\\{byte:02x}")).collect::<String>();
        let kept = bytes(&[1, 2, 3, 4, 0, 0, 0, 0, 9, 10, 11, 12, 0, 0, 0, 0]);
        assert_eq!(first, format!(" (data (i32.const 16) \"{kept}\")\n"));
        let later = [(20, bytes(&[5, 6, 7, 8])), (28, bytes(&[13, 14, 15, 16]))];
        let later = later.map(|(address, bytes)| format!(" (data (i32.const {address}) \"{bytes}\")\n"));
        assert_eq!(second, later.concat());
    }

    #[test]
    fn numbers_are_read_as_linkers_write_them() {
        let number = |bytes: &[u8]| Bytes { bytes, at: 0 }.number();
        assert_eq!(number(&[0x07]), 7);
        assert_eq!(number(&[0x80, 0x80, 0xc0, 0x80, 0x00]), 1_048_576);
    }
}
