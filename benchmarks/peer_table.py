"""What people build today: a text field over a whole table. Started by benchmarks/ledger.py."""

import os
from pathlib import Path

import pandas as pd
import streamlit as st


@st.cache_data
def claims():
    """Read the claims once."""
    return pd.read_csv(Path(os.environ["FRONTLINE_DATA"]) / "claims.csv")


st.set_page_config(layout="wide")
text = st.text_input("Search")
table = claims()
if text:
    columns = [table[name].str.contains(text, case=False, regex=False) for name in table]
    table = table[pd.concat(columns, axis=1).any(axis=1)]
st.markdown(f"**{len(table)} statements**")
st.dataframe(table, hide_index=True, height=560, lazy=False)
