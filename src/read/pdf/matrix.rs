//! Where the content of a page puts things.

/// An affine map, as PDF writes it: a b c d e f.
#[derive(Debug, Clone, Copy)]
pub struct Matrix(pub [f32; 6]);

impl Matrix {
    /// The one that leaves all where it is.
    pub const ONE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This map, and then another.
    pub fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [na, nb, nc, nd, ne, nf]) = (self.0, next.0);
        Self([
            a * na + b * nc,
            a * nb + b * nd,
            c * na + d * nc,
            c * nb + d * nd,
            e * na + f * nc + ne,
            e * nb + f * nd + nf,
        ])
    }

    /// Where it puts a point.
    pub fn point(self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// How long it makes a unit along and across.
    pub fn lengths(self) -> (f32, f32) {
        let [a, b, c, d, ..] = self.0;
        (a.hypot(b), c.hypot(d))
    }

    /// How wide and high it makes a unit square.
    pub fn reach(self) -> (f32, f32) {
        let [a, b, c, d, ..] = self.0;
        (a.abs() + c.abs(), b.abs() + d.abs())
    }

    /// In which direction a line of signs runs, on a page that counts downwards: 0 to the right, 1 up,
    /// 2 to the left, 3 down; `None` for one that runs aslant, as a watermark does.
    pub fn turn(self) -> Option<u8> {
        /// How much of a line may rise over its length.
        const LEVEL: f32 = 0.1;
        let [a, b, ..] = self.0;
        if b.abs() <= LEVEL * a.abs() && a != 0.0 {
            Some(if a > 0.0 { 0 } else { 2 })
        } else if a.abs() <= LEVEL * b.abs() && b != 0.0 {
            Some(if b < 0.0 { 1 } else { 3 })
        } else {
            None
        }
    }
}
