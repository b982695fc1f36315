//! Path data for SVG, written without the weight of general number formatting.

/// The `d` of a `<path>`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path(String);

impl Path {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn into_string(self) -> String {
        self.0
    }

    pub fn move_to(&mut self, x: f64, y: f64) {
        self.command('M', &[x, y]);
    }

    pub fn line_to(&mut self, x: f64, y: f64) {
        self.command('L', &[x, y]);
    }

    pub fn curve(&mut self, control: (f64, f64), end: (f64, f64)) {
        self.command('Q', &[control.0, control.1, end.0, end.1]);
    }

    pub fn rectangle(&mut self, x: f64, y: f64, width: f64, height: f64) {
        self.move_to(x, y);
        self.command('h', &[width]);
        self.command('v', &[height]);
        self.command('h', &[-width]);
        self.close();
    }

    /// A rectangle with round corners, where it is large enough for them.
    pub fn bar(&mut self, x: f64, y: f64, width: f64, height: f64, radius: f64) {
        let radius = radius.min(width / 2.0).min(height / 2.0);
        if radius < 1.0 {
            return self.rectangle(x, y, width, height);
        }
        self.move_to(x + radius, y);
        self.command('h', &[width - 2.0 * radius]);
        self.command('q', &[radius, 0.0, radius, radius]);
        self.command('v', &[height - 2.0 * radius]);
        self.command('q', &[0.0, radius, -radius, radius]);
        self.command('h', &[2.0 * radius - width]);
        self.command('q', &[-radius, 0.0, -radius, -radius]);
        self.command('v', &[2.0 * radius - height]);
        self.command('q', &[0.0, -radius, radius, -radius]);
        self.close();
    }

    pub fn circle(&mut self, x: f64, y: f64, radius: f64) {
        self.move_to(x - radius, y);
        for turn in [1.0, -1.0] {
            let (along, across) = (radius * turn, radius * turn * 0.5523);
            self.command('c', &[0.0, -across, along - across, -along, along, -along]);
            self.command('c', &[across, 0.0, along, along - across, along, along]);
        }
    }

    pub fn close(&mut self) {
        self.0.push('z');
    }

    fn command(&mut self, letter: char, numbers: &[f64]) {
        self.0.push(letter);
        for (index, number) in numbers.iter().enumerate() {
            if index > 0 {
                self.0.push(' ');
            }
            self.number(*number);
        }
    }

    /// To a tenth of a pixel.
    fn number(&mut self, number: f64) {
        let tenths = (number * 10.0).round() as i64;
        if tenths < 0 {
            self.0.push('-');
        }
        let tenths = tenths.unsigned_abs();
        self.whole(tenths / 10);
        if !tenths.is_multiple_of(10) {
            self.0.push('.');
            self.whole(tenths % 10);
        }
    }

    fn whole(&mut self, number: u64) {
        if number >= 10 {
            self.whole(number / 10);
        }
        self.0.push(char::from(b'0' + (number % 10) as u8));
    }
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn numbers_have_at_most_one_decimal() {
        let mut path = Path::default();
        path.move_to(-0.06, 120.0);
        path.line_to(3.25, -17.96);
        path.rectangle(1.0, 2.0, 10.5, 4.0);
        assert_eq!(path.into_string(), "M-0.1 120L3.3 -18M1 2h10.5v4h-10.5z");
    }
}
