//! Signalbox: paste an asyncio program and watch it run.
//!
//! A module imports only from those before it.

pub mod decimal;
pub mod disposal;
pub mod memory;
pub mod order;

pub mod sync;

pub mod trace;

pub mod event_loop;

pub mod python;

pub mod lab;

pub mod draw;

#[cfg(target_arch = "wasm32")]
pub mod app;

#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
