# Writes the sample tables in resources/samples: the Palmer penguins and the diabetes study, as the Python packages palmerpenguins and
# scikit-learn carry them. Run by hand, once, where both are installed: python3 scripts/make-tables.py. The same files come out every time.
from pathlib import Path

from palmerpenguins import load_penguins
from sklearn.datasets import load_diabetes

SAMPLES = Path(__file__).parent.parent / "resources" / "samples"
# scikit-learn's names, s1 to s6, say nothing: these are the words of its description.
NAMES = {
    "bp": "blood_pressure",
    "s1": "cholesterol",
    "s2": "ldl",
    "s3": "hdl",
    "s4": "cholesterol_per_hdl",
    "s5": "log_triglycerides",
    "s6": "blood_sugar",
}


def cell(value: object) -> str:
    if value is None or value != value:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def write(name: str, header: list[str], rows: list[list[object]]) -> None:
    folder = SAMPLES / name
    folder.mkdir(parents=True, exist_ok=True)
    lines = [",".join(header)] + [",".join(cell(value) for value in row) for row in rows]
    (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(rows)} rows in {folder}")


def main() -> None:
    penguins = load_penguins()
    write("penguins", list(penguins.columns), penguins.astype(object).values.tolist())
    diabetes = load_diabetes(scaled=False)
    header = [NAMES.get(name, name) for name in diabetes.feature_names] + ["progression"]
    write("diabetes", header, [[*map(float, row), float(target)] for row, target in zip(diabetes.data, diabetes.target)])


if __name__ == "__main__":
    main()
