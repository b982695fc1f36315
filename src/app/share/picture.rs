//! The timeline of the run that is shown, as a picture that stands for itself.

use super::Page;
use crate::draw::{Drawing, History, draw};
use crate::lab::{Progress, Run, ending_in_short};

/// Of a program that has not ended so many steps are drawn, and so many for each task, unless the playhead is further.
const STEPS: u32 = 100;
const STEPS_FOR_EACH_TASK: u32 = 20;

impl Page {
    /// The timeline as SVG; none if nothing has run.
    pub(super) fn picture(&self) -> Option<String> {
        let showing = self.showing.as_ref()?;
        let title = self.title();
        let shades = self.sharing.shades;
        if showing.history().ended() {
            let remark = ending_in_short(&showing.engine.run().trace());
            return Some(draw(showing.history(), &Drawing { title: &title, remark: &remark, shades }));
        }
        // The page is ahead of its playhead: what is known of the run would be too much for a picture.
        let (program, settings) = self.inspector.runs()?;
        let tasks = showing.history().tasks() as u32;
        let steps = STEPS.max(tasks.saturating_mul(STEPS_FOR_EACH_TASK)).max(self.shown_step()).min(showing.steps());
        let mut run = Run::new(program, settings);
        while run.trace().steps() < steps && run.turn() == Progress::More {}
        let mut history = History::default();
        history.extend(&run.trace());
        let remark = ending_in_short(&run.trace());
        Some(draw(&history, &Drawing { title: &title, remark: &remark, shades }))
    }
}
