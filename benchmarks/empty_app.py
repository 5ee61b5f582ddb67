"""The least that Streamlit can do: a page of one line. Started by the benchmarks."""

import streamlit as st

st.write("Nothing.")
