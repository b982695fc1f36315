//! Signalbox: paste an asyncio program and watch it run.

pub mod lab;
pub mod python;
pub mod trace;
