# Stands in for `re`, as far as CPython's tests for asyncio need it: a backtracking matcher. A part of a pattern is a
# function that yields, for a text and a position, the positions where it can end, the preferred one first.


class Match:
    def __init__(self, text, start, end, groups):
        self.text = text
        self.groups = {**groups, 0: (start, end)}

    def group(self, name=0):
        span = self.groups.get(name)
        return None if span is None else self.text[span[0]:span[1]]

    __getitem__ = group


class Pattern:
    def __init__(self, source):
        self.source = source
        self.at = 0
        self.count = 0
        self.ends = self.alternatives()
        if self.at < len(source):
            raise ValueError(f"unbalanced parenthesis in {source!r}")

    def match_at(self, text, start):
        groups = {}
        for end in self.ends(text, start, groups):
            return Match(text, start, end, groups)

    def match(self, text):
        return self.match_at(text, 0)

    def search(self, text):
        for start in range(len(text) + 1):
            if match := self.match_at(text, start):
                return match

    def next_is(self, text):
        """Goes past `text` if it comes next."""
        end = self.at + len(text)
        if self.source[self.at:end] != text:
            return False
        self.at = end
        return True

    def letter(self):
        self.at += 1
        return self.source[self.at - 1]

    def until(self, mark):
        start = self.at
        while not self.next_is(mark):
            self.at += 1
        return self.source[start:self.at - len(mark)]

    def alternatives(self):
        parts = [self.sequence()]
        while self.next_is("|"):
            parts.append(self.sequence())

        def ends(text, position, groups):
            for part in parts:
                yield from part(text, position, groups)

        return ends

    def sequence(self):
        parts = []
        while self.at < len(self.source) and self.source[self.at] not in "|)":
            parts.append(self.repeated(self.item()))

        def ends(text, position, groups, index=0):
            if index == len(parts):
                yield position
                return
            for middle in parts[index](text, position, groups):
                yield from ends(text, middle, groups, index + 1)

        return ends

    def repeated(self, part):
        if self.next_is("*"):
            least, most = 0, float("inf")
        elif self.next_is("+"):
            least, most = 1, float("inf")
        elif self.next_is("?"):
            least, most = 0, 1
        elif self.next_is("{"):
            first, comma, last = self.until("}").partition(",")
            least = int(first)
            most = least if not comma else int(last) if last else float("inf")
        else:
            return part
        is_lazy = self.next_is("?")

        def ends(text, position, groups, count=0):
            if is_lazy and count >= least:
                yield position
            if count < most:
                for middle in part(text, position, groups):
                    if middle > position:
                        yield from ends(text, middle, groups, count + 1)
            if not is_lazy and count >= least:
                yield position

        return ends

    def item(self):
        if self.next_is("("):
            return self.group()
        if self.next_is("["):
            return one(self.letters())
        if self.next_is("."):
            return one(lambda letter: letter != "\n")
        if self.next_is("^"):
            return where(lambda text, position: position == 0)
        if self.next_is("$"):
            return where(lambda text, position: text[position:] in ("", "\n"))
        if self.next_is("\\Z"):
            return where(lambda text, position: position == len(text))
        return one(self.accepted())

    def group(self):
        name = self.until(">") if self.next_is("?P<") else None
        is_kept = not self.next_is("?:")
        if is_kept:
            self.count += 1
        number = self.count
        part = self.alternatives()
        if not self.next_is(")"):
            raise ValueError(f"missing ) in {self.source!r}")
        if not is_kept:
            return part

        def ends(text, position, groups):
            before = dict(groups)
            for end in part(text, position, groups):
                groups[number] = groups[name or number] = (position, end)
                yield end
            groups.clear()
            groups.update(before)

        return ends

    def letters(self):
        """The test for a set in brackets, whose first bracket is past."""
        is_negated = self.next_is("^")
        tests = []
        while not tests or not self.next_is("]"):
            first = self.source[self.at]
            test = self.accepted()
            if self.source[self.at] == "-" and self.source[self.at + 1] != "]":
                self.at += 1
                last = self.letter()
                test = lambda letter, first=first, last=last: first <= letter <= last
            tests.append(test)
        return lambda letter: any(test(letter) for test in tests) != is_negated

    def accepted(self):
        """The test for one letter, which may be written with a backslash."""
        letter = self.letter()
        if letter == "\\":
            letter = self.letter()
            if letter == "d":
                return lambda other: other.isdigit()
            if letter == "w":
                return lambda other: is_word(other) or other == "_"
            if letter == "s":
                return lambda other: other.isspace()
            if is_word(letter):
                raise NotImplementedError(f"\\{letter} in {self.source!r}")
        return lambda other: other == letter


def is_word(letter):
    return letter.isalpha() or letter.isdigit()


def one(accepts):
    def ends(text, position, groups):
        if position < len(text) and accepts(text[position]):
            yield position + 1

    return ends


def where(holds):
    def ends(text, position, groups):
        if holds(text, position):
            yield position

    return ends


class re:
    def compile(source):
        return source if isinstance(source, Pattern) else Pattern(source)

    def match(source, text):
        return re.compile(source).match(text)

    def search(source, text):
        return re.compile(source).search(text)

    def escape(text):
        return "".join(letter if is_word(letter) else "\\" + letter for letter in text)
