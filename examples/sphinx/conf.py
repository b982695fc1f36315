# A manual of one page, as a beginning for yours. What `cargo xtask build` leaves in dist/ has to lie in the static folder,
# under the name signalbox:
#
#     mkdir -p examples/sphinx/_static && cp -r dist examples/sphinx/_static/signalbox
#     pip install sphinx==9.0.4
#     sphinx-build examples/sphinx examples/sphinx/_build

project = "Waiting, in asyncio"
html_show_copyright = False
html_static_path = ["_static"]
html_js_files = ["signalbox/embed.js"]
exclude_patterns = ["_build"]
