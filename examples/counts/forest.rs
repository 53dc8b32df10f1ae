//! Small trees that tell slips from sound text, grown by gradient boosting (Friedman 2001): each tree
//! corrects what those before it say, its leaves by one step of Newton's.

use wengao::counts::FEATURES;

/// Parts of one in which the number of a question is kept, and the value of a leaf: two bytes each.
const QUESTION_PARTS: f32 = 32.0;
const LEAF_PARTS: f64 = 4096.0;

/// What a tree is grown from.
pub struct Row {
    pub features: [f32; FEATURES],
    pub slip: bool,
    pub weight: f32,
}

/// Numbers that a question may be asked with, for each feature.
const QUESTIONS: usize = 40;
const LEAVES: usize = 24;
const RATE: f64 = 0.08;
/// What a leaf's curvature is enlarged by, so that few rows move little.
const CALM: f64 = 3.0;
/// The curvature that a leaf must have.
const LEAST: f64 = 6.0;

enum Node {
    Leaf(f64),
    Ask { feature: usize, question: usize, left: usize, right: usize },
}

/// Rows of a leaf, with the best question that splits it: gain, feature, question.
struct Open {
    node: usize,
    rows: Vec<u32>,
    split: Option<(f64, usize, usize)>,
}

/// Grows trees and packs them as `Judge` reads them.
pub fn grow(rows: &[&Row], trees: usize) -> Vec<u8> {
    let questions: Vec<Vec<f32>> = (0..FEATURES).map(|feature| questions(rows, feature)).collect();
    // For each row and feature the first question that says yes.
    let bins: Vec<[u8; FEATURES]> = rows
        .iter()
        .map(|row| std::array::from_fn(|f| questions[f].partition_point(|&q| q < row.features[f]) as u8))
        .collect();
    let mut scores = vec![0.0_f64; rows.len()];
    let mut bytes = Vec::new();
    for _ in 0..trees {
        let slopes: Vec<(f64, f64)> = rows
            .iter()
            .zip(&scores)
            .map(|(row, score)| {
                let chance = 1.0 / (1.0 + (-score).exp());
                let weight = f64::from(row.weight);
                (weight * (f64::from(u8::from(row.slip)) - chance), weight * chance * (1.0 - chance))
            })
            .collect();
        let mut nodes = vec![Node::Leaf(0.0)];
        let all: Vec<u32> = (0..rows.len() as u32).collect();
        let mut open = vec![Open { node: 0, split: best(&all, &bins, &slopes), rows: all }];
        while open.len() < LEAVES {
            let Some(next) = (0..open.len()).filter(|&at| open[at].split.is_some()).max_by(|&a, &b| {
                open[a].split.map(|s| s.0).partial_cmp(&open[b].split.map(|s| s.0)).expect("numbers")
            }) else {
                break;
            };
            let Open { node, rows: own, split } = open.swap_remove(next);
            let (_, feature, question) = split.expect("chosen for it");
            let (yes, no): (Vec<u32>, Vec<u32>) =
                own.into_iter().partition(|&row| usize::from(bins[row as usize][feature]) <= question);
            let (left, right) = (nodes.len(), nodes.len() + 1);
            nodes.extend([Node::Leaf(0.0), Node::Leaf(0.0)]);
            nodes[node] = Node::Ask { feature, question, left, right };
            for (node, rows) in [(left, yes), (right, no)] {
                open.push(Open { node, split: best(&rows, &bins, &slopes), rows });
            }
        }
        for leaf in open {
            let (slope, curve) = sums(&leaf.rows, &slopes);
            let value = RATE * slope / (curve + CALM);
            nodes[leaf.node] = Node::Leaf(value);
            for row in leaf.rows {
                scores[row as usize] += value;
            }
        }
        bytes.push(nodes.len() as u8);
        let mut packed = Vec::new();
        lay(&nodes, 0, &questions, &mut packed);
        bytes.extend(packed.iter().flatten());
    }
    bytes
}

/// Lays a node and what hangs on it: what says yes right behind it, then what says no.
fn lay(nodes: &[Node], at: usize, questions: &[Vec<f32>], packed: &mut Vec<[u8; 4]>) {
    match nodes[at] {
        Node::Leaf(value) => {
            let [low, high] = ((value * LEAF_PARTS).round() as i16).to_le_bytes();
            packed.push([u8::MAX, 0, low, high]);
        }
        Node::Ask { feature, question, left, right } => {
            let [low, high] = ((questions[feature][question] * QUESTION_PARTS) as i16).to_le_bytes();
            let here = packed.len();
            packed.push([feature as u8, 0, low, high]);
            lay(nodes, left, questions, packed);
            packed[here][1] = packed.len() as u8;
            lay(nodes, right, questions, packed);
        }
    }
}

/// What packed trees say of a row, as `Judge` does.
pub fn says(trees: &[u8], features: &[f32; FEATURES]) -> f64 {
    let (mut rest, mut sum) = (trees, 0.0);
    while let Some((&nodes, behind)) = rest.split_first() {
        let (tree, behind) = behind.split_at(usize::from(nodes) * 4);
        let mut at = 0;
        loop {
            let node = &tree[at * 4..at * 4 + 4];
            let number = i16::from_le_bytes([node[2], node[3]]);
            if node[0] == u8::MAX {
                sum += f64::from(number) / LEAF_PARTS;
                break;
            }
            let no = features[usize::from(node[0])] * QUESTION_PARTS > f32::from(number);
            at = if no { usize::from(node[1]) } else { at + 1 };
        }
        rest = behind;
    }
    sum
}

/// The numbers between which the rows lie, at most [`QUESTIONS`], as they are kept.
fn questions(rows: &[&Row], feature: usize) -> Vec<f32> {
    let kept = |number: f32| (number.clamp(-1000.0, 1000.0) * QUESTION_PARTS).floor() / QUESTION_PARTS;
    let mut all: Vec<f32> = rows.iter().map(|row| kept(row.features[feature])).collect();
    all.sort_by(f32::total_cmp);
    let step = (all.len() / QUESTIONS).max(1);
    let mut picked: Vec<f32> = all.iter().copied().step_by(step).collect();
    picked.dedup();
    picked.pop();
    picked
}

fn sums(rows: &[u32], slopes: &[(f64, f64)]) -> (f64, f64) {
    rows.iter().map(|&row| slopes[row as usize]).fold((0.0, 0.0), |sum, s| (sum.0 + s.0, sum.1 + s.1))
}

/// The question that parts these rows best.
fn best(rows: &[u32], bins: &[[u8; FEATURES]], slopes: &[(f64, f64)]) -> Option<(f64, usize, usize)> {
    let (slope, curve) = sums(rows, slopes);
    let worth = |slope: f64, curve: f64| slope * slope / (curve + CALM);
    let mut sides = vec![[(0.0, 0.0); QUESTIONS + 2]; FEATURES];
    for &row in rows {
        let (s, c) = slopes[row as usize];
        for (side, &bin) in sides.iter_mut().zip(&bins[row as usize]) {
            let of = &mut side[usize::from(bin)];
            of.0 += s;
            of.1 += c;
        }
    }
    let mut found: Option<(f64, usize, usize)> = None;
    for (feature, side) in sides.iter().enumerate() {
        let (mut s, mut c) = (0.0, 0.0);
        for (question, of) in side.iter().enumerate() {
            s += of.0;
            c += of.1;
            if c < LEAST || curve - c < LEAST {
                continue;
            }
            let gain = worth(s, c) + worth(slope - s, curve - c) - worth(slope, curve);
            if gain > 1e-6 && found.is_none_or(|best| gain > best.0) {
                found = Some((gain, feature, question));
            }
        }
    }
    found
}
